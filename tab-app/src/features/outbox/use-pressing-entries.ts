import { useEffect, useReducer } from "react";
import { useOutbox } from "#data/hooks/use-work.ts";
import type { OutboxEntry } from "#data/outbox/outbox.ts";

/** Milliseconds before a write that is not confirmed is shown. */
const showAfterMs = 1000;

/** The entries worth showing: all but those that were sent a moment ago. */
export function usePressingEntries(): readonly OutboxEntry[] {
  const entries = useOutbox();
  const [, render] = useReducer((count: number) => count + 1, 0);
  const now = Date.now();
  const next = Math.min(...entries.map((entry) => pressingFrom(entry)).filter((at) => at > now));
  useEffect(() => {
    if (next === Number.POSITIVE_INFINITY) return;
    const timer = setTimeout(render, next - Date.now());
    return () => clearTimeout(timer);
  }, [next]);
  // Asked for in the future: the clock was set back, and says nothing of its age.
  return entries.filter((entry) => pressingFrom(entry) <= now || entry.submittedAt > now);
}

function pressingFrom({ state, submittedAt }: OutboxEntry): number {
  return state === "sending" || state === "waiting" ? submittedAt + showAfterMs : 0;
}
