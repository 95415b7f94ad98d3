import type { Query, QueryClient } from "@tanstack/query-core";
import { asOf } from "../core/effects.ts";
import type { Sync } from "../core/sync.ts";
import type { TraceEntry } from "../core/trace.ts";
import { connectPainted } from "./painted.ts";
import type { QueryReport, TabReport } from "./trace-schema.ts";

export interface ObservedTab {
  readonly sync: Pick<Sync, "trace" | "visibility">;
  readonly queryClient: QueryClient;
}

export interface ObserveOptions {
  /** A burst of reports is one message. */
  readonly settleMs?: number;
  /** Least milliseconds between two reports on all queries. */
  readonly paceMs?: number;
  readonly page?: Parameters<typeof connectPainted>[1];
}

/** More queries are not told of. */
const maxQueries = 200;

/**
 * Tells what one tab has done and does, until its undo is called: its trace so far, each new entry, what each change
 * would have cost by invalidation, and what the tab holds. Begin it when somebody looks: before and after, a tab
 * reports nothing.
 */
export function observeTab(
  { sync, queryClient }: ObservedTab,
  send: (reports: readonly TabReport[]) => void,
  { settleMs = 50, paceMs = 1000, page }: ObserveOptions = {},
): () => void {
  const { trace, visibility } = sync;
  const cache = queryClient.getQueryCache();
  const unsent: TabReport[] = [];
  const sizes = new WeakMap<object, number>();
  let settling: ReturnType<typeof setTimeout> | undefined;
  let pacing: ReturnType<typeof setTimeout> | undefined;

  function flush() {
    settling = undefined;
    send(unsent.splice(0));
  }

  function queue(...reports: readonly TabReport[]) {
    unsent.push(...reports);
    settling ??= setTimeout(flush, settleMs);
  }

  function hear(entry: TraceEntry) {
    queue(entry);
    if (entry.type === "change") queue({ type: "cost", of: entry.seq, ...costOf(entry) });
  }

  function costOf({ touched }: Extract<TraceEntry, { type: "change" }>) {
    const cost = { everything: 0, textbook: 0 };
    const hashes = new Set(touched.map(({ query }) => query));
    for (const query of cache.getAll()) {
      // An invalidation reads what is mounted, seen or not, page by page.
      if (!query.isActive() || query.state.data === undefined) continue;
      const pages = pagesOf(query);
      cost.everything += pages;
      if (hashes.has(query.queryHash)) cost.textbook += pages;
    }
    return cost;
  }

  function reportQueries() {
    pacing = undefined;
    const queries = cache.getAll().slice(0, maxQueries).map(reportOn);
    queue({ type: "queries", at: Date.now(), queries });
  }

  function reportOn(query: Query): QueryReport {
    const { data, isInvalidated, fetchStatus, status } = query.state;
    return {
      query: query.queryHash.slice(0, 2000),
      rev: asOf(data)?.rev ?? null,
      isStale: isInvalidated,
      isReading: fetchStatus !== "idle",
      hasFailed: status === "error",
      isInView: visibility.inView && query.isActive(),
      observers: query.getObserversCount(),
      pages: data === undefined ? 0 : pagesOf(query),
      size: sizeOf(data),
    };
  }

  /** What has not changed is not measured again. */
  function sizeOf(data: unknown): number {
    if (typeof data !== "object" || data === null)
      return data === undefined ? 0 : String(data).length;
    const known = sizes.get(data);
    if (known !== undefined) return known;
    const size = measure(data);
    sizes.set(data, size);
    return size;
  }

  const schedule = () => {
    pacing ??= setTimeout(reportQueries, paceMs);
  };
  const undo = [
    trace.subscribe(hear),
    cache.subscribe(schedule),
    visibility.subscribe(schedule),
    connectPainted(trace, page),
  ];
  unsent.push(...trace.entries);
  flush();
  reportQueries();

  return () => {
    for (const each of undo) each();
    clearTimeout(settling);
    clearTimeout(pacing);
  };
}

function pagesOf({ state }: Query): number {
  const { pages } = (state.data ?? {}) as { pages?: unknown };
  return Array.isArray(pages) ? pages.length : 1;
}

function measure(data: object): number {
  try {
    return JSON.stringify(data)?.length ?? 0;
  } catch {
    // It refers to itself, or holds what JSON cannot say.
    return 0;
  }
}
