import { hydrate, type Query, type QueryClient } from "@tanstack/react-query";
import { asOf, listen, type Revision } from "#sync";
import {
  advanceTo,
  cacheVersion,
  headSchema,
  type PersistedKinds,
  readPersistedQuery,
} from "./persisted-query.ts";
import type { TabStorage } from "./tab-storage.ts";

export interface PersistedCacheOptions {
  queryClient: QueryClient;
  storage: Pick<TabStorage, "put">;
  kinds: PersistedKinds;
  /** What is stored already. */
  stored: StoredCache;
  /** Data that is not stale reflects all changes up to here. Null while nothing has been read. */
  head: () => Revision | null;
  page?: Window;
  /** Milliseconds from a change in memory to its write. */
  delay?: number;
}

/** Bounds of what a tab stores: queries, of which an account has three, and rows of one query. The rest is read again. */
const maxQueries = 100;
const maxRows = 1000;

/** The name of the stored head. A query's hash begins with a bracket. */
const headName = "head";

/** What a tab has stored: its queries by their hash, and the head. */
export type StoredCache = ReadonlyMap<string, unknown>;

/**
 * Restores stored queries to the cache. Those that were up to date come first, for the ledger begins at
 * their as-of. False where nothing was restored.
 */
export function restoreCache(
  queryClient: QueryClient,
  stored: StoredCache,
  kinds: PersistedKinds,
): boolean {
  const { data } = headSchema.safeParse(stored.get(headName));
  if (!data) return false;
  const queries = [...stored.values()]
    .flatMap((value) => readPersistedQuery(value, kinds, data.head) ?? [])
    .sort((a, b) => Number(a.state.isInvalidated) - Number(b.state.isInvalidated));
  hydrate(queryClient, { queries });
  return queries.length > 0;
}

/**
 * Persists the query cache. A query is written after it changed, in one transaction with the head of that
 * moment, so that no stored data passes for newer than it is.
 */
export function connectPersistedCache({
  queryClient,
  storage,
  kinds,
  stored,
  head,
  page = window,
  delay = 100,
}: PersistedCacheOptions): () => void {
  const cache = queryClient.getQueryCache();
  const dirty = new Map<string, Query>();
  const onDisk = new Set(stored.keys());
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush() {
    clearTimeout(timer);
    timer = undefined;
    const at = head();
    if (!at || dirty.size === 0) return;
    for (const [hash, query] of dirty) {
      const isPersisted = cache.get(hash) === query && kinds.has(String(query.queryKey[0]));
      const value = isPersisted ? recordOf(query, at) : null;
      if (!value && !onDisk.has(hash)) continue;
      storage.put({ kind: "cache", name: hash, value: value ?? undefined });
      if (value) onDisk.add(hash);
      else onDisk.delete(hash);
    }
    for (const { queryHash } of cache.getAll().sort(byUse).slice(maxQueries)) {
      if (!onDisk.delete(queryHash)) continue;
      storage.put({ kind: "cache", name: queryHash });
    }
    storage.put({ kind: "cache", name: headName, value: { version: cacheVersion, head: at } });
    dirty.clear();
  }

  const unsubscribe = cache.subscribe((event) => {
    const { type, query } = event;
    if (type !== "updated" && type !== "removed") return;
    if (type === "updated" && (event.action.type === "fetch" || event.action.type === "failed"))
      return;
    dirty.set(query.queryHash, query);
    timer ??= setTimeout(flush, delay);
  });
  const flushHidden = () => {
    if (page.document.visibilityState === "hidden") flush();
  };
  const undo = [
    unsubscribe,
    listen(page, "pagehide", flush),
    listen(page.document, "visibilitychange", flushHidden),
  ];

  return () => {
    clearTimeout(timer);
    for (const each of undo) each();
  };
}

function byUse(a: Query, b: Query): number {
  return (
    b.getObserversCount() - a.getObserversCount() || b.state.dataUpdatedAt - a.state.dataUpdatedAt
  );
}

function recordOf(query: Query, head: Revision) {
  const { data, dataUpdatedAt, isInvalidated, status } = query.state;
  const held = asOf(data);
  if (!held || sizeOf(data) > maxRows) return null;
  const isStale = isInvalidated || status === "error" || held.epoch !== head.epoch;
  return {
    version: cacheVersion,
    queryKey: query.queryKey,
    data: isStale ? data : advanceTo(head, data),
    updatedAt: dataUpdatedAt,
    isStale,
  };
}

function sizeOf(data: unknown): number {
  if (typeof data !== "object" || data === null) return 1;
  if ("pages" in data && Array.isArray(data.pages))
    return data.pages.reduce((sum, page) => sum + sizeOf(page), 0);
  return "rows" in data && Array.isArray(data.rows) ? data.rows.length : 1;
}
