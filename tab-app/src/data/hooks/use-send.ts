import { useCallback } from "react";
import type { NewWrite } from "#data/outbox/write.ts";
import { useData } from "./use-data.ts";

/** Sends a write. What becomes of it is told by its entry in the outbox, also after a reload. */
export function useSend(): (write: NewWrite) => void {
  const { outbox } = useData();
  return useCallback(
    (write) => {
      outbox.send(write).catch(() => {
        // `FailedWrites` says so.
      });
    },
    [outbox],
  );
}
