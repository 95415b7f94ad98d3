import type { ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

/** Answers that have begun and are not sent to their end. */
export function createInFlight() {
  let count = 0;
  let onNone = () => {};
  return {
    add(response: ServerResponse): void {
      count++;
      response.once("close", () => {
        count--;
        if (count === 0) onNone();
      });
    },
    /** Resolves when there are none, after `ms` milliseconds at the latest. */
    async none(ms: number): Promise<void> {
      if (count === 0) return;
      const timing = new AbortController();
      const late = pause(ms, undefined, { signal: timing.signal }).catch(() => {});
      const none = new Promise<void>((resolve) => {
        onNone = resolve;
      });
      await Promise.race([none, late]);
      timing.abort();
    },
  };
}
