import type { Change } from "./change.ts";
import type { Revision } from "./revision.ts";

/** What one change does to what one query holds. */
export type Effect =
  /** The query is about something else. */
  | "none"
  /** What is held reflects the change already. */
  | "known"
  /** It may be different now; only the server can tell. */
  | "stale"
  /** The data as a fresh read would give it. What did not change keeps its identity. */
  | { readonly patched: unknown };

/** Declared beside each query: how a change touches it. `data` is never undefined. */
export type EffectOf = (queryKey: readonly unknown[], change: Change, data: unknown) => Effect;

/**
 * Reads an answer that another tab lent, for one query. Null when it does not fit, or when answers of
 * this query are not lent: they are large, or differ from tab to tab.
 */
export type ReadAnswer = (
  queryKey: readonly unknown[],
  data: unknown,
) => (Snapshot & { readonly asOf: Revision }) | null;

/** What every query holds: server truth together with the revision that it was read as of. */
export interface Snapshot {
  /** Null from a server that keeps no log. Such data is left alone. */
  readonly asOf: Revision | null;
}

/**
 * The oldest revision in a query's data: a snapshot, or the pages of an infinite query, each a
 * snapshot. Null for data that does not come from the log's server.
 */
export function asOf(data: unknown): Revision | null {
  const { pages } = (data ?? {}) as { pages?: unknown };
  if (!Array.isArray(pages)) return (data as Partial<Snapshot> | undefined)?.asOf ?? null;
  let oldest: Revision | null = null;
  for (const page of pages as Partial<Snapshot>[]) {
    if (!page.asOf) return null;
    if (!oldest || page.asOf.rev < oldest.rev) oldest = page.asOf;
  }
  return oldest;
}
