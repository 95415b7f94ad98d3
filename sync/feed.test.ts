import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createFeed, type Feed, type FeedEvent, type OpenFeed } from "./feed.ts";
import type { Locks } from "./hold-in-view.ts";
import { createVisibility } from "./visibility.ts";

/** One lock, handed on in order, as Web Locks do. */
function createLocks(): Locks {
  let last: Promise<unknown> = Promise.resolve();
  return {
    request(_, { signal }, hold) {
      const turn = last.then(() => {
        if (signal?.aborted) throw new DOMException("aborted", "AbortError");
        return hold({});
      });
      last = turn.catch(() => {});
      return turn;
    },
    query: async () => ({}),
  };
}

function createStreams() {
  const opened: { since: string; say: (event: FeedEvent) => void; closed: boolean }[] = [];
  const open: OpenFeed = (since, say) => {
    const stream = { since: since ? `${since.epoch}.${since.rev}` : "-", say, closed: false };
    opened.push(stream);
    return () => {
      stream.closed = true;
    };
  };
  return { opened, open, standing: () => opened.filter((stream) => !stream.closed).length };
}

const feeds: Feed[] = [];
beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  for (const feed of feeds.splice(0)) feed.close();
  vi.useRealTimers();
});

function createTab(open: OpenFeed, locks: Locks | undefined) {
  const visibility = createVisibility();
  const heard: FeedEvent[] = [];
  const head = { epoch: "e", rev: 7 };
  const feed = createFeed({
    open,
    locks,
    visibility,
    head: () => head,
    listener: (event) => heard.push(event),
  });
  feeds.push(feed);
  return { visibility, heard, feed, head };
}

const settle = () => vi.advanceTimersByTimeAsync(1);

describe("the feed", () => {
  test("is one stream for any number of tabs in view, from where the ledger stands", async () => {
    const { opened, open, standing } = createStreams();
    const locks = createLocks();
    for (let tab = 0; tab < 5; tab++) createTab(open, locks);
    await settle();
    expect(standing()).toBe(1);
    expect(opened[0]?.since).toBe("e.7");
  });

  test("is handed on when its holder goes out of view, and held by nobody when nobody looks", async () => {
    const { opened, open, standing } = createStreams();
    const locks = createLocks();
    const [a, b] = [createTab(open, locks), createTab(open, locks)];
    await settle();
    a.visibility.say("page", false);
    await settle();
    expect([a.feed.state, b.feed.state]).toEqual(["idle", "connecting"]);
    expect(opened.map((stream) => stream.closed)).toEqual([true, false]);
    b.visibility.say("page", false);
    await settle();
    expect(standing()).toBe(0);
    a.visibility.say("page", true);
    await settle();
    expect(standing()).toBe(1);
  });

  test("is held by each tab in view where there are no locks", async () => {
    const { open, standing } = createStreams();
    const a = createTab(open, undefined);
    createTab(open, undefined);
    await settle();
    expect(standing()).toBe(2);
    a.visibility.say("shell", false);
    expect(standing()).toBe(1);
  });

  test("is opened again after a loss, later each time, from the new head", async () => {
    const { opened, open } = createStreams();
    const { feed, head } = createTab(open, createLocks());
    await settle();
    opened[0]?.say({ type: "open", head: { epoch: "e", rev: 7 } });
    expect(feed.state).toBe("open");
    head.rev = 9;
    opened[0]?.say({ type: "lost" });
    expect(feed.state).toBe("failing");
    await vi.advanceTimersByTimeAsync(500);
    expect(opened.map((stream) => stream.since)).toEqual(["e.7", "e.9"]);
    for (let tries = 2; tries < 12; tries++) {
      opened.at(-1)?.say({ type: "lost" });
      await vi.advanceTimersByTimeAsync(30_000);
      expect(opened).toHaveLength(tries + 1);
    }
    opened.at(-1)?.say({ type: "lost" });
    await vi.advanceTimersByTimeAsync(14_000);
    expect(opened).toHaveLength(12);
  });

  test("tries at once when told that the network is back", async () => {
    const { opened, open, standing } = createStreams();
    const { feed } = createTab(open, createLocks());
    await settle();
    opened[0]?.say({ type: "lost" });
    feed.retry();
    expect(opened).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(standing()).toBe(1);
  });

  test("is let go by a tab that closes", async () => {
    const { open, standing } = createStreams();
    const locks = createLocks();
    const a = createTab(open, locks);
    createTab(open, locks);
    await settle();
    a.feed.close();
    await settle();
    expect(standing()).toBe(1);
  });
});
