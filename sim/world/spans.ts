import type { Clock } from "#sync/testing";
import { forGood } from "./schedule.ts";

/** What begins now and ends later. Spans of one name overlap: the last to end ends it. */
export interface Spans {
  during(name: string, ms: number, begin: () => void, end: () => void): void;
  isOn(name: string): boolean;
  /** Calls `end` after `ms`, which may be for good. */
  later(ms: number, end: () => void): void;
  /** When the last span ends that does not last for good. */
  readonly lastEnd: number;
  /** Whether something lasts for good. */
  readonly hasEndless: boolean;
  /** Ends what lasts for good. */
  endEndless(): void;
}

export function createSpans(clock: Clock): Spans {
  const open = new Map<string, number>();
  const endless: (() => void)[] = [];
  let lastEnd = 0;

  function later(ms: number, end: () => void) {
    if (ms === forGood) return void endless.push(end);
    lastEnd = Math.max(lastEnd, clock.now() + ms);
    clock.after(ms, null, end);
  }

  return {
    during(name, ms, begin, end) {
      const before = open.get(name) ?? 0;
      open.set(name, before + 1);
      if (before === 0) begin();
      later(ms, () => {
        const left = (open.get(name) ?? 1) - 1;
        open.set(name, left);
        if (left === 0) end();
      });
    },
    isOn: (name) => (open.get(name) ?? 0) > 0,
    later,
    get lastEnd() {
      return lastEnd;
    },
    get hasEndless() {
      return endless.length > 0;
    },
    endEndless() {
      for (const end of endless) end();
    },
  };
}
