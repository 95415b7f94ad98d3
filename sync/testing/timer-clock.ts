import type { Clock } from "./clock.ts";

/**
 * The process's own timers as a clock, for models that are used beside a test's own fake timers. What takes a
 * moment is a microtask, and its owner does not sleep.
 */
export function createTimerClock(): Pick<Clock, "now" | "after"> {
  return {
    now: () => performance.now(),
    after(ms, owner, run) {
      let isCancelled = false;
      const start = () => {
        if (!isCancelled && owner?.life !== "dead") run();
      };
      const timer = ms > 2 ? setTimeout(start, ms) : queueMicrotask(start);
      return () => {
        isCancelled = true;
        clearTimeout(timer ?? undefined);
      };
    },
  };
}
