import type { Query } from "@tanstack/query-core";
import type { Context } from "../core/context.ts";
import { asOf, effectOn, hasValidator } from "../core/effects.ts";
import type { Touched } from "../core/trace.ts";
import type { Change, LocalChange } from "../wire/change.ts";
import { isRevert } from "./is-revert.ts";

/** Of more changes than this that came during a read, it is not asked which the answer must reflect. */
const worthAsking = 100;
/** Milliseconds from a change until what it was put into is read to confirm it: one read for a burst. */
const pace = 150;

/**
 * Changes of data that names no revision, from a server that keeps no log. The tabs of this browser
 * learn of each other's writes at once and without any guarantee; reading again at an age is what makes
 * up for the rest, and a read to confirm where the data has a validator. Data with an as-of is left to the ledger.
 */
export function createUnlogged({
  queryClient,
  effects,
  visibility,
  trace,
  timers,
}: Pick<Context, "queryClient" | "effects" | "visibility" | "trace" | "timers">) {
  const queries = queryClient.getQueryCache();
  /** By query, changes that came during the read that is under way. */
  const overtaken = new WeakMap<Query, Change[]>();
  const unconfirmed = new Set<Query>();
  let isLogged = false;

  function apply(writes: readonly LocalChange[], isOwn: boolean) {
    // Without versions to compare, what comes last counts as the latest.
    const version = Number.MAX_SAFE_INTEGER;
    const changes = writes.map(
      (write): Change => ({ ...write, parents: write.parents ?? {}, rev: 0, version }),
    );
    const stale = new Set<Query>();
    const touched = new Map(changes.map((change) => [change, [] as Touched[]]));
    for (const query of queries.getAll().filter(isUnlogged)) {
      const { fetchStatus } = query.state;
      const isReading = fetchStatus !== "idle";
      const mayPatch = isOwn || (visibility.inView && query.isActive());
      let { data } = query.state;
      if (isReading) remember(query, changes);
      for (const change of data === undefined ? [] : changes) {
        const effect = effectOn(effects, query, change, data);
        if (effect === "none" || effect === "known") continue;
        const isPatched = effect !== "stale" && mayPatch;
        if (isPatched) data = effect.patched;
        // A read under way left before the write.
        if (!isPatched || isReading) stale.add(query);
        const isLooked = visibility.inView && query.isActive();
        const decision = isPatched ? "patched" : isLooked ? "read now" : "waits for view";
        touched.get(change)?.push({ query: query.queryHash, decision });
      }
      if (data === query.state.data) continue;
      query.setState({ data });
      if (hasValidator(data) && !stale.has(query)) confirm(query);
    }
    const path = isOwn ? "own" : "channel";
    for (const [{ row: _, ...change }, queries] of touched)
      trace.add({ type: "change", path, change, touched: queries });
    readAgain((query) => stale.has(query));
  }

  function remember(query: Query, changes: readonly Change[]) {
    const late = overtaken.get(query) ?? [];
    if (late.length <= worthAsking) overtaken.set(query, [...late, ...changes]);
  }

  function readAgain(predicate: (query: Query) => boolean, options?: { cancelRefetch: boolean }) {
    void queryClient.invalidateQueries(
      { predicate, refetchType: visibility.inView ? "active" : "none" },
      options,
    );
  }

  /** Messages have no order, so what came last may be older than what it replaced. A conditional read tells. */
  function confirm(query: Query) {
    query.invalidate();
    if (!unconfirmed.size) timers.after(pace, readUnconfirmed);
    unconfirmed.add(query);
  }

  function readUnconfirmed() {
    const due = new Set(unconfirmed);
    unconfirmed.clear();
    readAgain((query) => due.has(query) && query.state.isInvalidated, { cancelRefetch: false });
  }

  /** Nothing is known of what changed in data without an as-of: it is read again. */
  function restart() {
    readAgain((query) => query.state.data !== undefined && isUnlogged(query), {
      cancelRefetch: false,
    });
  }

  /** An answer came that set out before changes, or a cancelled read put back what it began with. */
  function settle(query: Query) {
    const late = overtaken.get(query) ?? [];
    overtaken.delete(query);
    const { data } = query.state;
    const concerns = (change: Change) =>
      !["none", "known"].includes(effectOn(effects, query, change, data) as string);
    if (data === undefined || !isUnlogged(query)) return;
    if (late.length > worthAsking || late.some(concerns)) readAgain((each) => each === query);
  }

  const close = queries.subscribe((event) => {
    if (event.type !== "updated") return;
    const { query, action } = event;
    if (action.type === "fetch") overtaken.delete(query);
    const isAnswered = action.type === "success" || isRevert(query, action);
    if (query.state.fetchStatus === "idle" && isAnswered) settle(query);
    if (isLogged || action.type !== "success") return;
    isLogged = asOf(query.state.data) !== null;
    // The server has begun to keep a log, which says nothing of what was read before.
    if (isLogged) restart();
  });

  return {
    /** Brings data without an as-of up to writes of this tab, or of another. */
    apply,
    restart,
    close,
  };
}

function isUnlogged({ state }: Query): boolean {
  return !asOf(state.data);
}
