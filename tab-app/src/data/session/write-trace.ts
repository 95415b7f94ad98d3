import type { Mutation, QueryClient } from "@tanstack/react-query";
import type { Trace } from "#sync";

/** Adds every write to the trace. */
export function connectWriteTrace(queryClient: QueryClient, trace: Trace): () => void {
  const open = new WeakMap<Mutation, ReturnType<Trace["begin"]>>();
  return queryClient.getMutationCache().subscribe((event) => {
    if (event.type !== "updated") return;
    const { mutation, action } = event;
    if (action.type === "pending") {
      const key = mutation.options.mutationKey ?? ["write"];
      open.set(mutation as Mutation, trace.begin(JSON.stringify(key), "the user"));
    }
    if (action.type === "success") open.get(mutation as Mutation)?.("ok");
    if (action.type === "error") open.get(mutation as Mutation)?.("failed");
  });
}
