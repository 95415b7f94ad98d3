import { useMemo } from "react";
import type { Unconfirmed } from "#data/outbox/overlay.ts";
import { useOutbox } from "./use-work.ts";

/** The accounts with a pending edit, and the state of the latest one. */
export function usePendingEdits(): ReadonlyMap<string, NonNullable<Unconfirmed>> {
  const outbox = useOutbox();
  return useMemo(() => {
    const pending = new Map<string, NonNullable<Unconfirmed>>();
    for (const { write, state } of outbox)
      if (write.type === "edit account" && (state === "sending" || state === "waiting"))
        pending.set(write.id, state);
    return pending;
  }, [outbox]);
}
