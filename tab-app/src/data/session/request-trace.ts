import type { Query, QueryClient } from "@tanstack/react-query";
import type { Sync } from "#sync";

/** Notes every read and write that react-query makes, with its cause, in the trace. */
export function connectRequestTrace(
  queryClient: QueryClient,
  { takeCause, trace }: Pick<Sync, "takeCause" | "trace">,
): () => void {
  const open = new Map<object, { seq: number; started: number }>();

  function begin(of: object, key: readonly unknown[], cause: string) {
    end(of, "failed");
    const seq = trace.add({
      type: "request",
      target: JSON.stringify(key),
      cause,
      state: "pending",
    });
    open.set(of, { seq, started: Date.now() });
  }
  function end(of: object, state: "ok" | "failed") {
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

  const unsubscribes = [
    queryClient.getQueryCache().subscribe((event) => {
      if (event.type !== "updated") return;
      const { query, action } = event;
      if (action.type === "fetch")
        begin(query, query.queryKey, causeOf(query, Boolean(action.meta?.fetchMore)));
      if (action.type === "success" && !action.manual) end(query, "ok");
      // A cancelled fetch ends by a revert to the state before it.
      if (action.type === "error" || action.type === "setState") {
        if (query.state.fetchStatus === "idle") end(query, "failed");
      }
    }),
    queryClient.getMutationCache().subscribe((event) => {
      if (event.type !== "updated") return;
      const { mutation, action } = event;
      if (action.type === "pending")
        begin(mutation, mutation.options.mutationKey ?? ["write"], "the user");
      if (action.type === "success") end(mutation, "ok");
      if (action.type === "error") end(mutation, "failed");
    }),
  ];
  return () => {
    for (const unsubscribe of unsubscribes) unsubscribe();
  };
}
