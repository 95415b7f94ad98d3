import type { OutboxEntry } from "#data/outbox/outbox.ts";

/** Counts by state, the most urgent first: `1 conflict`, `3 waiting`. */
export function describeCounts(entries: readonly OutboxEntry[]): string[] {
  const count = (state: OutboxEntry["state"]) =>
    entries.filter((entry) => entry.state === state).length;
  const conflicts = count("conflict");
  return [
    conflicts > 0 && `${conflicts} ${conflicts === 1 ? "conflict" : "conflicts"}`,
    count("failed") > 0 && `${count("failed")} not saved`,
    count("waiting") > 0 && `${count("waiting")} waiting`,
    count("sending") > 0 && `${count("sending")} sending`,
  ].filter((text) => text !== false);
}
