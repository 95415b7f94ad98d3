import type { Clock } from "#host/shared/clock.ts";

export interface FakeClock extends Clock {
  /** From now on each timer is late by this much: the machine is busy. */
  delay(ms: number): void;
  /** Advances the time by `ms`, and settles promises after each timer. */
  pass(ms: number): Promise<void>;
}

export function createFakeClock(): FakeClock {
  let now = 0;
  let late = 0;
  let timers: { at: number; call: () => void }[] = [];
  return {
    after(ms, call) {
      const timer = { at: now + ms + late, call };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    now: () => now,
    delay(ms) {
      late = ms;
    },
    async pass(ms) {
      const end = now + ms;
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        now = next?.at ?? end;
        timers = timers.filter((other) => other !== next);
        next?.call();
        for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
        if (!next) return;
      }
    },
  };
}
