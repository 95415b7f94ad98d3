import { useMemo } from "react";
import type { Unconfirmed } from "#data/outbox/overlay.ts";
import { useOutbox } from "./use-work.ts";

/** The accounts with a pending edit, or that are being made, and the state of the latest write. */
export function usePendingEdits(): ReadonlyMap<string, NonNullable<Unconfirmed>> {
  const outbox = useOutbox();
  return useMemo(() => {
    const pending = new Map<string, NonNullable<Unconfirmed>>();
    for (const { write, state } of outbox)
      if (isOfAccount(write.type) && (state === "sending" || state === "waiting"))
        pending.set(write.id, state);
    return pending;
  }, [outbox]);
}

function isOfAccount(type: string): boolean {
  return type === "edit account" || type === "create account";
}
