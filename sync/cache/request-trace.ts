import type { Query } from "@tanstack/query-core";
import type { Context } from "../core/context.ts";
import type { QueryBinding } from "./query-binding.ts";

/** Adds every read that react-query makes to the trace, with its cause. Returns the undo. */
export function connectRequestTrace(
  { queryClient, trace }: Pick<Context, "queryClient" | "trace">,
  { takeCause }: Pick<QueryBinding, "takeCause">,
): () => void {
  const open = new Map<Query, (state: "ok" | "failed") => void>();

  function end(query: Query, state: "ok" | "failed") {
    open.get(query)?.(state);
    open.delete(query);
  }

  function causeOf(query: Query, loadsMore: boolean): string {
    if (loadsMore) return "load more";
    const change = takeCause(query);
    if (query.state.data === undefined) return "first load";
    return change ?? "its age";
  }

  return queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== "updated") return;
    const { query, action } = event;
    if (action.type === "fetch") {
      end(query, "failed");
      const cause = causeOf(query, Boolean(action.meta?.fetchMore));
      open.set(query, trace.begin(JSON.stringify(query.queryKey), cause));
    }
    if (action.type === "success" && !action.manual) end(query, "ok");
    // A cancelled read ends by a revert to the state before it.
    if (action.type === "error" || action.type === "setState") {
      if (query.state.fetchStatus === "idle") end(query, "failed");
    }
  });
}
