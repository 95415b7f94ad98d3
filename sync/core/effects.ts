import type { Query, QueryKey } from "@tanstack/query-core";
import { report } from "../platform/report.ts";
import type { Change } from "../wire/change.ts";
import type { Revision } from "../wire/revision.ts";
import type { Validator } from "../wire/validator.ts";

/** What one change does to the data of one query. */
export type Effect =
  /** The query is about something else. */
  | "none"
  /** The data reflects the change already. */
  | "known"
  /** The data may be different now; only the server can tell. */
  | "stale"
  /** The data as a fresh read would return it. What did not change keeps its identity. */
  | { readonly patched: unknown };

/** How changes affect the queries of one kind. Methods, so that `data` and `queryKey` can be declared as what they are. */
export interface EffectRule {
  effect(change: Change, data: unknown, queryKey: QueryKey): Effect;
  /**
   * Reads an answer that one tab shares with the others: before it is broadcast, and when it is
   * received. Null where it does not fit. Kinds without it are not shared: their data is large, or
   * differs from tab to tab.
   */
  lend?(data: unknown, queryKey: QueryKey): (Snapshot & { readonly asOf: Revision }) | null;
}

/** The rules, by the first element of the query key. A query without a rule is marked stale by every change. */
export type Effects<Kind extends string = string> = Readonly<Record<Kind, EffectRule>>;

export function effectOn(effects: Effects, query: Query, change: Change, data: unknown): Effect {
  try {
    return ruleFor(effects, query.queryKey)?.effect(change, data, query.queryKey) ?? "stale";
  } catch (error) {
    // The ledger has taken the change: it would be lost to this query, and with it those that follow.
    report(error);
    return "stale";
  }
}

export function lentAnswer(effects: Effects, queryKey: QueryKey, data: unknown) {
  return ruleFor(effects, queryKey)?.lend?.(data, queryKey) ?? null;
}

function ruleFor(effects: Effects, [kind]: QueryKey): EffectRule | undefined {
  return typeof kind === "string" && Object.hasOwn(effects, kind) ? effects[kind] : undefined;
}

/** What a query holds: server truth together with the revision that it was read as of. */
export interface Snapshot {
  /** Null from a server that keeps no log. */
  readonly asOf: Revision | null;
  /** What the server calls this state (`tandem-sync/validators`): it can be read conditionally. */
  readonly validator?: Validator | null | undefined;
}

/**
 * The oldest revision in a query's data: a snapshot, or the pages of an infinite query, each a
 * snapshot. Null for data that names none.
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

/** Whether data can be read conditionally. Not an infinite query's, as each of its pages would be a request. */
export function hasValidator(data: unknown): boolean {
  return Boolean((data as Partial<Snapshot> | null | undefined)?.validator);
}
