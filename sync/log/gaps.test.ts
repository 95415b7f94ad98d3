import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createInbox } from "../core/inbox.ts";
import { createLedger } from "../core/ledger.ts";
import { createTrace } from "../core/trace.ts";
import { createTimers } from "../platform/timers.ts";
import { createVisibility } from "../platform/visibility.ts";
import { createGaps } from "./gaps.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** One tab in view that has read revision 3, and a server that stands at `server.rev`. */
function startGaps() {
  const ledger = createLedger();
  ledger.sight({ epoch: "e", rev: 3 });
  const server = { rev: 3 };
  const asked: number[] = [];
  const start = Date.now();
  const timers = createTimers();
  const visibility = createVisibility();
  const gaps = createGaps({
    ledger,
    inbox: createInbox({ timers, visibility, onDropped: () => {} }),
    server: {
      async fetchChanges() {
        asked.push(Date.now() - start);
        return { head: { epoch: "e", rev: server.rev }, changes: [] };
      },
    },
    trace: createTrace(),
    timers,
    visibility,
    grace: 250,
    beacon: 10_000,
    onNews: () => {},
  });
  return { ledger, gaps, asked, server };
}

/** The most catch-ups that any minute of the run had. */
const busiestMinute = (asked: readonly number[]) =>
  Math.max(...asked.map((from) => asked.filter((at) => at >= from && at < from + 60_000).length));

const floods: [string, (tab: ReturnType<typeof startGaps>, step: number) => void][] = [
  ["a head far ahead", ({ ledger }, step) => ledger.sight({ epoch: "e", rev: 1000 + step })],
  ["another protocol version", ({ gaps }) => gaps.ask("another version")],
  ["an unknown epoch", ({ gaps }) => gaps.doubt()],
  [
    "all of them, beside heads that are true",
    ({ gaps, ledger, server }, step) => {
      gaps.ask("another version");
      gaps.doubt();
      server.rev += step % 3;
      ledger.sight({ epoch: "e", rev: server.rev + (step % 2) * 1000 });
    },
  ],
];

test.each(floods)("a flood of %s makes at most 6 catch-ups a minute", async (_, send) => {
  const tab = startGaps();
  for (let step = 0; step < 1800; step += 1) {
    send(tab, step);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(tab.asked[0]).toBeLessThanOrEqual(250);
  expect(tab.asked[1]).toBeLessThan(2_000);
  expect(busiestMinute(tab.asked)).toBeLessThanOrEqual(6);
  // It goes on asking, for the next message may be true.
  expect(tab.asked.at(-1)).toBeGreaterThan(3 * 60_000 - 60_000);
});

test("in the flood a gap that is true is closed within 20 seconds", async () => {
  const { gaps, asked } = startGaps();
  for (let step = 0; step < 3; step += 1) {
    gaps.ask("another version");
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(asked).toHaveLength(2);
  gaps.doubt();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked).toHaveLength(3);
});

test("polling every 10 seconds is not slowed", async () => {
  const { gaps, asked } = startGaps();
  for (let step = 0; step < 12; step += 1) {
    gaps.ask("polling");
    await vi.advanceTimersByTimeAsync(10_000);
  }
  expect(asked).toHaveLength(12);
});
