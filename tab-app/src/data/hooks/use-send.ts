import { type UseMutationResult, useMutation } from "@tanstack/react-query";
import type { NewWrite } from "#data/outbox/writes.ts";
import type { Confirmed } from "#data/server/api.ts";
import { useData } from "./use-data.ts";

/**
 * Sends a write. What becomes of it, also after a reload, is shown by its entry in the outbox, which waits for
 * the network and retries by itself: react-query does neither.
 */
export function useSend(): UseMutationResult<Confirmed | null, Error, NewWrite> {
  const { outbox } = useData();
  return useMutation({
    mutationKey: ["write"],
    mutationFn: (write: NewWrite) => outbox.send(write),
    networkMode: "always",
    retry: false,
  });
}
