import { hydrate, type Query, type QueryClient, type QueryState } from "@tanstack/react-query";
import { asOf, listen, type Revision } from "#sync";
import {
  cacheVersion,
  headSchema,
  type PersistedQuery,
  raiseTo,
  readPersistedQuery,
} from "./persisted-query.ts";
import type { TabStorage } from "./tab-storage.ts";

export interface PersistedCacheOptions {
  queryClient: QueryClient;
  keeper: TabStorage;
  /** All changes up to here are reflected by what is not stale. Null while nothing was read. */
  head: () => Revision | null;
  /** What is kept already. */
  kept: PersistedCache;
  page?: Window;
  /** Milliseconds from a change in memory to the disk. */
  delay?: number;
}

/** The most queries that a tab keeps, and the most rows of one: what is beyond is read again. */
const maxQueries = 60;
const maxRows = 1000;

/** Under this name the head is kept; a query's hash begins with a bracket. */
const headName = "head";

/** What a tab kept before its reload. */
export type PersistedCache = ReadonlyMap<string, unknown>;

/**
 * Puts kept answers into the cache. Those that were as new as the server come first, for the ledger
 * begins where they stand. False when there was nothing to go on from.
 */
export function restoreCache(queryClient: QueryClient, kept: PersistedCache): boolean {
  const { data: begin } = headSchema.safeParse(kept.get(headName));
  if (!begin) return false;
  const queries = [...kept.values()]
    .flatMap((value) => readPersistedQuery(value) ?? [])
    .sort((a, b) => Number(a.isStale) - Number(b.isStale));
  hydrate(queryClient, { queries: queries.map((query) => dehydrated(query, begin.head)) });
  return queries.length > 0;
}

/**
 * Keeps what the tab has read. A query is written when it changed, together with the head of that
 * moment in one step, so that nothing on disk is ever taken for newer than it is.
 */
export function connectPersistedCache({
  queryClient,
  keeper,
  head,
  kept,
  page = window,
  delay = 100,
}: PersistedCacheOptions): () => void {
  const cache = queryClient.getQueryCache();
  const dirty = new Map<string, Query>();
  const onDisk = new Set(kept.keys());
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush() {
    clearTimeout(timer);
    timer = undefined;
    const at = head();
    if (!at || dirty.size === 0) return;
    for (const [hash, query] of dirty) {
      const value = cache.get(hash) === query ? persistedQuery(query, at) : null;
      if (!value && !onDisk.has(hash)) continue;
      keeper.keep({ kind: "cache", name: hash, value: value ?? undefined });
      if (value) onDisk.add(hash);
      else onDisk.delete(hash);
    }
    for (const { queryHash } of cache.getAll().sort(byUse).slice(maxQueries)) {
      if (!onDisk.delete(queryHash)) continue;
      keeper.keep({ kind: "cache", name: queryHash });
    }
    keeper.keep({ kind: "cache", name: headName, value: { version: cacheVersion, head: at } });
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

function persistedQuery(query: Query, head: Revision): PersistedQuery | null {
  const { data, dataUpdatedAt, isInvalidated, status } = query.state;
  const held = asOf(data);
  if (!held || sizeOf(data) > maxRows) return null;
  const isStale = isInvalidated || status === "error" || held.epoch !== head.epoch;
  return {
    version: cacheVersion,
    queryKey: query.queryKey as PersistedQuery["queryKey"],
    data: isStale ? data : raiseTo(head, data),
    updatedAt: dataUpdatedAt,
    isStale,
  };
}

function sizeOf(data: unknown): number {
  const { pages, rows } = data as { pages?: { rows: unknown[] }[]; rows?: unknown[] };
  return pages?.reduce((sum, page) => sum + page.rows.length, 0) ?? rows?.length ?? 1;
}

function dehydrated({ queryKey, data, updatedAt, isStale }: PersistedQuery, head: Revision) {
  const state: QueryState = {
    data: isStale ? data : raiseTo(head, data),
    dataUpdateCount: 1,
    dataUpdatedAt: updatedAt,
    error: null,
    errorUpdateCount: 0,
    errorUpdatedAt: 0,
    fetchFailureCount: 0,
    fetchFailureReason: null,
    fetchMeta: null,
    isInvalidated: isStale,
    status: "success",
    fetchStatus: "idle",
  };
  return {
    queryKey,
    queryHash: JSON.stringify(queryKey),
    state,
    dehydratedAt: updatedAt,
    ...(queryKey[0] === "activity" && { queryType: "infinite" as const }),
  };
}
