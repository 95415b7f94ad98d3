import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createLedger } from "../core/ledger.ts";
import { type Locks, whileInView } from "../platform/locks.ts";
import { createTimers } from "../platform/timers.ts";
import { createVisibility } from "../platform/visibility.ts";
import { createPage } from "../testing/page.ts";
import { createTimerClock } from "../testing/timer-clock.ts";
import { createWebLocks } from "../testing/web-locks.ts";
import type { OpenStream, StreamEvent } from "../wire/change-log.ts";
import { byLock } from "./election.ts";
import { createStream } from "./stream.ts";

function createLocks(): Locks {
  const clock = createTimerClock();
  return createWebLocks(clock).locksFor(createPage("page", { clock }));
}

function createStreams() {
  const opened: { since: string; say: (event: StreamEvent) => void; closed: boolean }[] = [];
  const open: OpenStream = (since, say) => {
    const stream = { since: since ? `${since.epoch}.${since.rev}` : "-", say, closed: false };
    opened.push(stream);
    return () => {
      stream.closed = true;
    };
  };
  return { opened, open, standing: () => opened.filter((stream) => !stream.closed).length };
}

const open: ReturnType<typeof createStream>[] = [];
beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  for (const stream of open.splice(0)) stream.close();
  vi.useRealTimers();
});

function createTab(openStream: OpenStream, locks: Locks, isOffered = () => true) {
  const visibility = createVisibility();
  const received: StreamEvent[] = [];
  const ledger = createLedger();
  ledger.sight({ epoch: "e", rev: 7 });
  const stream = createStream({
    server: { openStream },
    elect: byLock("leader", locks, whileInView(visibility)),
    timers: createTimers(),
    ledger,
    isOffered,
    listener: (event) => received.push(event),
  });
  open.push(stream);
  return { visibility, received, stream, ledger };
}

const settle = () => vi.advanceTimersByTimeAsync(1);

describe("the change stream", () => {
  test("is one stream for any number of tabs in view, from where the ledger stands", async () => {
    const { opened, open, standing } = createStreams();
    const locks = createLocks();
    for (let tab = 0; tab < 5; tab++) createTab(open, locks);
    await settle();
    expect(standing()).toBe(1);
    expect(opened[0]?.since).toBe("e.7");
  });

  test("is taken over when the leader goes out of view, and closed when no tab is in view", async () => {
    const { opened, open, standing } = createStreams();
    const locks = createLocks();
    const [a, b] = [createTab(open, locks), createTab(open, locks)];
    await settle();
    a.visibility.report("page", false);
    await settle();
    expect([a.stream.state, b.stream.state]).toEqual(["idle", "connecting"]);
    expect(opened.map((stream) => stream.closed)).toEqual([true, false]);
    b.visibility.report("page", false);
    await settle();
    expect(standing()).toBe(0);
    a.visibility.report("page", true);
    await settle();
    expect(standing()).toBe(1);
  });

  test("is opened again after a loss, later each time, from the new head", async () => {
    const { opened, open } = createStreams();
    const { stream, ledger } = createTab(open, createLocks());
    await settle();
    opened[0]?.say({ type: "open", head: { epoch: "e", rev: 7 } });
    expect(stream.state).toBe("open");
    ledger.restart({ epoch: "e", rev: 9 });
    opened[0]?.say({ type: "lost" });
    expect(stream.state).toBe("failing");
    await vi.advanceTimersByTimeAsync(500);
    expect(opened.map((stream) => stream.since)).toEqual(["e.7", "e.9"]);
    for (let tries = 2; tries < 12; tries++) {
      opened.at(-1)?.say({ type: "lost" });
      for (let waited = 0; waited < 30; waited += 10) {
        await vi.advanceTimersByTimeAsync(10_000);
        if (!opened.at(-1)?.closed) opened.at(-1)?.say({ type: "ping" });
      }
      expect(opened).toHaveLength(tries + 1);
    }
    opened.at(-1)?.say({ type: "lost" });
    await vi.advanceTimersByTimeAsync(14_000);
    expect(opened).toHaveLength(12);
  });

  test("counts as failing when it does not say hello within 5 s, is kept, and may still begin", async () => {
    const { opened, open } = createStreams();
    const { stream, received } = createTab(open, createLocks());
    await settle();
    await vi.advanceTimersByTimeAsync(4900);
    expect([stream.state, received]).toEqual(["connecting", []]);
    await vi.advanceTimersByTimeAsync(200);
    expect([stream.state, received]).toEqual(["failing", [{ type: "lost" }]]);
    expect(opened).toHaveLength(1);
    opened[0]?.say({ type: "open", head: { epoch: "e", rev: 7 } });
    expect([stream.state, opened[0]?.closed]).toEqual(["open", false]);
  });

  test("is closed and opened again after 25 s without a word, a ping being one, in view only", async () => {
    const { opened, open, standing } = createStreams();
    const { stream, visibility } = createTab(open, createLocks());
    await settle();
    opened[0]?.say({ type: "open", head: { epoch: "e", rev: 7 } });
    for (let pings = 0; pings < 6; pings++) {
      await vi.advanceTimersByTimeAsync(20_000);
      opened[0]?.say({ type: "ping" });
    }
    await vi.advanceTimersByTimeAsync(24_900);
    expect([stream.state, opened.length]).toEqual(["open", 1]);
    await vi.advanceTimersByTimeAsync(200);
    expect([stream.state, opened[0]?.closed]).toEqual(["failing", true]);
    await vi.advanceTimersByTimeAsync(500);
    expect([opened.length, standing()]).toEqual([2, 1]);
    visibility.report("page", false);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("that never says hello is closed and opened again after 25 s", async () => {
    const { opened, open, standing } = createStreams();
    createTab(open, createLocks());
    await settle();
    await vi.advanceTimersByTimeAsync(25_600);
    expect([opened.length, standing()]).toEqual([2, 1]);
  });

  test("is retried at once when the network is back", async () => {
    const { opened, open, standing } = createStreams();
    const { stream } = createTab(open, createLocks());
    await settle();
    opened[0]?.say({ type: "lost" });
    stream.retry();
    expect(opened).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(standing()).toBe(1);
  });

  test("is released by a tab that closes", async () => {
    const { open, standing } = createStreams();
    const locks = createLocks();
    const a = createTab(open, locks);
    createTab(open, locks);
    await settle();
    a.stream.close();
    await settle();
    expect(standing()).toBe(1);
  });

  test("is not asked for while the server is known to keep no log, and opened once it does", async () => {
    const { opened, open } = createStreams();
    let isOffered = false;
    const { received, stream } = createTab(open, createLocks(), () => isOffered);
    await settle();
    expect([received, opened, stream.state]).toEqual([[{ type: "lost" }], [], "failing"]);
    isOffered = true;
    await vi.advanceTimersByTimeAsync(500);
    expect(opened.map(({ since }) => since)).toEqual(["e.7"]);
  });
});
