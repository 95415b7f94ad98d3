import type { Query } from "@tanstack/query-core";
import type { Context } from "../core/context.ts";
import { asOf, effectOn } from "../core/effects.ts";
import type { Change, LocalChange } from "../wire/change.ts";

/**
 * Changes of data that names no revision, from a server that keeps no log. The tabs of this browser
 * learn of each other's writes at once and without any guarantee; reading again at an age is what makes
 * up for the rest. Data with an as-of is left to the ledger.
 */
export function createUnlogged({
  queryClient,
  effects,
  visibility,
  trace,
}: Pick<Context, "queryClient" | "effects" | "visibility" | "trace">) {
  const queries = queryClient.getQueryCache();
  let isLogged = false;

  function apply(write: LocalChange, isOwn: boolean) {
    // Without versions to compare, what comes last counts as the latest.
    const version = Number.MAX_SAFE_INTEGER;
    const change: Change = { ...write, parents: write.parents ?? {}, rev: 0, version };
    const stale = new Set<Query>();
    for (const query of queries.getAll().filter(isUnlogged)) {
      const { data, fetchStatus } = query.state;
      const effect = effectOn(effects, query, change, data);
      if (effect === "none" || effect === "known") continue;
      const mayPatch = isOwn || (visibility.inView && query.isActive());
      const isPatched = effect !== "stale" && mayPatch;
      if (isPatched) query.setState({ data: effect.patched });
      // A read under way left before the write.
      if (!isPatched || fetchStatus !== "idle") stale.add(query);
    }
    trace.add({ type: "note", text: `${write.op} ${write.resource}/${write.id}, unlogged` });
    void queryClient.invalidateQueries({
      predicate: (query) => stale.has(query),
      refetchType: visibility.inView ? "active" : "none",
    });
  }

  const close = queries.subscribe((event) => {
    if (isLogged || event.type !== "updated" || event.action.type !== "success") return;
    isLogged = asOf(event.query.state.data) !== null;
    // The server has begun to keep a log, which says nothing of what was read before.
    if (isLogged)
      void queryClient.invalidateQueries(
        { predicate: isUnlogged, refetchType: visibility.inView ? "active" : "none" },
        { cancelRefetch: false },
      );
  });

  return {
    /** Brings data without an as-of up to writes of this tab, or of another. */
    apply(changes: readonly LocalChange[], isOwn: boolean) {
      for (const change of changes) apply(change, isOwn);
    },
    close,
  };
}

function isUnlogged({ state }: Query): boolean {
  return state.data !== undefined && !asOf(state.data);
}
