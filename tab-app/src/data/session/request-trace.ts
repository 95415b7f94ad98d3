import type { Query, QueryClient } from "@tanstack/react-query";
import type { Sync } from "#sync";

/** Records every read that react-query makes, with its cause, in the trace. */
export function connectRequestTrace(
  queryClient: QueryClient,
  { takeCause, trace }: Pick<Sync, "takeCause" | "trace">,
): () => void {
  const open = new Map<Query, { seq: number; started: number }>();

  function begin(of: Query, key: readonly unknown[], cause: string) {
    end(of, "failed");
    const seq = trace.add({
      type: "request",
      target: JSON.stringify(key),
      cause,
      state: "pending",
    });
    open.set(of, { seq, started: Date.now() });
  }
  function end(of: Query, state: "ok" | "failed") {
    const entry = open.get(of);
    if (!entry) return;
    open.delete(of);
    trace.amend(entry.seq, { state, ms: Date.now() - entry.started });
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
    if (action.type === "fetch")
      begin(query, query.queryKey, causeOf(query, Boolean(action.meta?.fetchMore)));
    if (action.type === "success" && !action.manual) end(query, "ok");
    // A cancelled fetch ends by a revert to the state before it.
    if (action.type === "error" || action.type === "setState") {
      if (query.state.fetchStatus === "idle") end(query, "failed");
    }
  });
}
