import type { Mutation, QueryClient } from "@tanstack/query-core";
import type { Trace } from "../core/trace.ts";

/** Adds to the trace the writes of an app that makes them by mutations, by their keys. Returns the undo. */
export function connectMutationTrace(
  queryClient: Pick<QueryClient, "getMutationCache">,
  trace: Pick<Trace, "begin">,
): () => void {
  const open = new WeakMap<Mutation, (state: "ok" | "failed") => void>();
  return queryClient.getMutationCache().subscribe(({ mutation }) => {
    if (!mutation) return;
    const { status } = mutation.state;
    const end = open.get(mutation);
    if (status === "pending" && !end) {
      const { mutationKey = ["a mutation"] } = mutation.options;
      open.set(mutation, trace.begin(JSON.stringify(["write", ...mutationKey]), "the user"));
    } else if (end && status !== "pending") {
      open.delete(mutation);
      end(status === "success" ? "ok" : "failed");
    }
  });
}
