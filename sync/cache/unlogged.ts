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

  function apply(writes: readonly LocalChange[], isOwn: boolean) {
    // Without versions to compare, what comes last counts as the latest.
    const version = Number.MAX_SAFE_INTEGER;
    const changes = writes.map(
      (write): Change => ({ ...write, parents: write.parents ?? {}, rev: 0, version }),
    );
    const stale = new Set<Query>();
    for (const query of queries.getAll().filter(isUnlogged)) {
      const { fetchStatus } = query.state;
      const mayPatch = isOwn || (visibility.inView && query.isActive());
      let { data } = query.state;
      for (const change of changes) {
        const effect = effectOn(effects, query, change, data);
        if (effect === "none" || effect === "known") continue;
        const isPatched = effect !== "stale" && mayPatch;
        if (isPatched) data = effect.patched;
        // A read under way left before the write.
        if (!isPatched || fetchStatus !== "idle") stale.add(query);
      }
      if (data !== query.state.data) query.setState({ data });
    }
    for (const { op, resource, id } of writes)
      trace.add({ type: "note", text: `${op} ${resource}/${id}, unlogged` });
    void queryClient.invalidateQueries({
      predicate: (query) => stale.has(query),
      refetchType: visibility.inView ? "active" : "none",
    });
  }

  /** Nothing is known of what changed in data without an as-of: it is read again. */
  function restart() {
    void queryClient.invalidateQueries(
      { predicate: isUnlogged, refetchType: visibility.inView ? "active" : "none" },
      { cancelRefetch: false },
    );
  }

  const close = queries.subscribe((event) => {
    if (isLogged || event.type !== "updated" || event.action.type !== "success") return;
    isLogged = asOf(event.query.state.data) !== null;
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
  return state.data !== undefined && !asOf(state.data);
}
