import { randomBytes } from "node:crypto";
import type { StoredLog } from "./log-store.ts";

/**
 * A log without changes. It starts at the milliseconds since the Unix epoch, so that `rev` does not go back even where
 * the log before is lost: to overtake the clock, it would need more than a thousand changes in every second
 * of its life.
 */
export function newLog(now: () => number, after = 0): StoredLog {
  return { epoch: newEpoch(), head: Math.max(now(), after + 1), changes: [] };
}

export function newEpoch(): string {
  return randomBytes(6).toString("hex");
}
