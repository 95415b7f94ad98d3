import { useEffect, useReducer } from "react";
import { useOutbox } from "#data/hooks/use-work.ts";
import type { OutboxEntry } from "#data/outbox/outbox.ts";

/** Milliseconds that a write may take before it is worth a word. */
const patience = 1000;

/** What has not arrived at the server and is worth a word: all but what is on its way since just now. */
export function usePressingEntries(): readonly OutboxEntry[] {
  const entries = useOutbox();
  const [, look] = useReducer((count: number) => count + 1, 0);
  const now = Date.now();
  const next = Math.min(...entries.map((entry) => pressingFrom(entry)).filter((at) => at > now));
  useEffect(() => {
    if (next === Number.POSITIVE_INFINITY) return;
    const timer = setTimeout(look, next - Date.now());
    return () => clearTimeout(timer);
  }, [next]);
  return entries.filter((entry) => pressingFrom(entry) <= now);
}

function pressingFrom({ state, submittedAt }: OutboxEntry): number {
  return state === "sending" || state === "waiting" ? submittedAt + patience : 0;
}
