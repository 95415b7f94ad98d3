import { QueryClient, QueryObserver } from "@tanstack/query-core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { asOf, type Snapshot } from "./core/effects.ts";
import { createSync } from "./create-sync.ts";
import { type Channel, createChannel, type Transport } from "./platform/channel.ts";
import { createVisibility } from "./platform/visibility.ts";
import { createChannels } from "./testing/channels.ts";
import { createPage } from "./testing/page.ts";
import { createTimerClock } from "./testing/timer-clock.ts";
import { createWebLocks } from "./testing/web-locks.ts";
import type { Change } from "./wire/change.ts";
import type { StreamEvent } from "./wire/change-log.ts";
import type { Message } from "./wire/message.ts";
import type { Revision } from "./wire/revision.ts";

/** Tabs that each hold one query, the server's count of changes, over one channel that can lose messages. */
function createWorld({ hasLocks = false } = {}) {
  const name = "tandem";
  const server = {
    epoch: "e",
    log: [] as Change[],
    reaches: true,
    isDown: false,
    keepsLog: true,
  };
  const head = (): Revision => ({ epoch: server.epoch, rev: server.log.length });
  const clock = createTimerClock();
  const channels = createChannels(clock, {
    faults: { hits: (fault) => fault === "dropped" && channel.loses, delay: () => 1 },
  });
  const webLocks = createWebLocks(clock);
  const channel = { loses: false, messages: [] as unknown[] };
  /** Answers held back. */
  let held: Promise<void> | null = null;
  let heldCatchUp: Promise<void> | null = null;
  const closers: (() => void)[] = [];

  function openTransport(): Transport {
    const transport = new (channels.classFor(createPage("page", { clock })))(name) as Transport;
    const { postMessage } = transport;
    transport.postMessage = (value) => {
      channel.messages.push(value);
      postMessage.call(transport, value);
    };
    return transport;
  }

  function createTab(tabId: string, bus: Channel = createChannel({ name, open: openTransport })) {
    const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    const visibility = createVisibility();
    const reads: Revision[] = [];
    const asked: Revision[] = [];
    let say: (event: StreamEvent) => void = () => {};
    let standing = 0;
    let isHung = false;
    const { post } = bus;
    const sync = createSync({
      name,
      tabId,
      queryClient,
      channel: { ...bus, available: bus.available, post: (value) => void (isHung || post(value)) },
      visibility,
      locks: hasLocks ? webLocks.locksFor(createPage(tabId, { clock })) : null,
      effects: {
        count: {
          effect: () => "stale",
          lend(data) {
            const at = asOf(data);
            return at && { asOf: at };
          },
        },
      },
      server: {
        fetchChanges: async (since) => {
          asked.push(since);
          await heldCatchUp;
          const changes = server.log.filter((change) => change.rev > since.rev);
          const isWhole = since.epoch === server.epoch && server.reaches;
          return { head: head(), changes: isWhole ? changes : null };
        },
        openStream: (_, listener) => {
          say = listener;
          standing++;
          return () => void standing--;
        },
      },
    });
    const observer = new QueryObserver(queryClient, {
      queryKey: ["count"],
      staleTime: Number.POSITIVE_INFINITY,
      queryFn: async (): Promise<Snapshot> => {
        if (server.isDown) throw new Error("down");
        const at = head();
        reads.push(at);
        await held;
        return { asOf: server.keepsLog ? at : null };
      },
    });
    const stop = observer.subscribe(() => {});
    closers.push(() => {
      stop();
      sync.close();
      bus.close();
      queryClient.clear();
    });
    return {
      sync,
      visibility,
      reads,
      asked,
      say: (event: StreamEvent) => say(event),
      /** How many streams the tab has open. */
      standing: () => standing,
      /** Nothing more comes from the tab: neither a message, nor the release of a lock. */
      hang() {
        isHung = true;
      },
      resume() {
        isHung = false;
      },
      refetch: () => queryClient.refetchQueries({ queryKey: ["count"] }),
      failed: () => queryClient.getQueryState(["count"])?.status === "error",
      held: () => queryClient.getQueryData<Snapshot>(["count"])?.asOf?.rev,
    };
  }

  return {
    server,
    channel,
    head,
    createTab,
    hold() {
      let release = () => {};
      held = new Promise((resolve) => {
        release = resolve;
      });
      return () => {
        held = null;
        release();
      };
    },
    holdCatchUp() {
      let settle = (_?: Error) => {};
      heldCatchUp = new Promise((resolve, reject) => {
        settle = (error) => (error ? reject(error) : resolve());
      });
      return (error?: Error) => {
        heldCatchUp = null;
        settle(error);
      };
    },
    junk(value: unknown) {
      openTransport().postMessage(value);
    },
    write(origin?: string): Change {
      const rev = server.log.length + 1;
      const change: Change = {
        rev,
        resource: "rows",
        id: `row-${rev}`,
        op: "update",
        version: rev,
        parents: {},
        ...(origin && { origin }),
      };
      server.log.push(change);
      return change;
    },
    close() {
      for (const close of closers) close();
    },
  };
}

type Tab = ReturnType<ReturnType<typeof createWorld>["createTab"]>;

let world: ReturnType<typeof createWorld>;
beforeEach(() => {
  vi.useFakeTimers();
  world = createWorld();
});
afterEach(() => {
  world.close();
  vi.useRealTimers();
});
const quiet = (ms = 2000) => vi.advanceTimersByTimeAsync(ms);

describe("a write of one tab", () => {
  test("reaches the others by one small message", async () => {
    const [a, b] = [world.createTab("a"), world.createTab("b")];
    await quiet();
    a.sync.publish({ epoch: "e", rev: 1 }, [world.write("a")]);
    await quiet();
    expect([a.held(), b.held()]).toEqual([1, 1]);
    const changes = world.channel.messages.filter(
      (message) => (message as Message).type !== "lease",
    );
    expect(JSON.stringify(changes).length).toBeLessThan(300);
    expect([a.asked, b.asked]).toEqual([[], []]);
  });

  test("is broadcast once, also when the change stream was faster than its answer", async () => {
    const [a, b] = [world.createTab("a"), world.createTab("b")];
    await quiet();
    const change = world.write("a");
    for (const tab of [a, b]) tab.say({ type: "open", head: { epoch: "e", rev: 0 } });
    world.channel.messages.length = 0;
    b.say({ type: "changes", epoch: "e", changes: [change] });
    await quiet(400);
    a.sync.publish({ epoch: "e", rev: 1 }, [change]);
    await quiet(400);
    expect(world.channel.messages).toHaveLength(1);
    await quiet();
    expect([a.reads.length, b.reads.length]).toEqual([2, 2]);
  });

  test("is in the writer's trace once, also when the change stream was faster than its answer", async () => {
    const a = world.createTab("a");
    await quiet();
    const change = world.write("a");
    a.say({ type: "open", head: { epoch: "e", rev: 0 } });
    a.say({ type: "changes", epoch: "e", changes: [change] });
    await quiet();
    a.sync.publish({ epoch: "e", rev: 1 }, [change]);
    await quiet();
    const paths = a.sync.trace.entries.flatMap((entry) =>
      entry.type === "change" ? entry.path : [],
    );
    expect(paths).toEqual(["own"]);
  });
});

describe("nothing is lost", () => {
  test("when a message is dropped and another follows: what was missed is asked for", async () => {
    const [a, b] = [world.createTab("a"), world.createTab("b")];
    await quiet();
    world.channel.loses = true;
    a.sync.publish({ epoch: "e", rev: 1 }, [world.write("a")]);
    world.channel.loses = false;
    a.sync.publish({ epoch: "e", rev: 2 }, [world.write("a")]);
    await quiet();
    expect(b.asked).toEqual([{ epoch: "e", rev: 0 }]);
    expect(b.held()).toBe(2);
  });

  test("when the very last message is dropped: the announcement of the leader tab reveals it", async () => {
    const [a, b] = [world.createTab("a"), world.createTab("b")];
    await quiet();
    a.say({ type: "open", head: world.head() });
    world.channel.loses = true;
    const change = world.write("a");
    a.sync.publish({ epoch: "e", rev: 1 }, [change]);
    a.say({ type: "changes", epoch: "e", changes: [change] });
    await quiet();
    expect(b.held()).toBe(0);
    world.channel.loses = false;
    await quiet(12_000);
    expect(b.held()).toBe(1);
  });

  test("when the page was frozen: it asks what it missed when it resumes", async () => {
    const a = world.createTab("a");
    await quiet();
    world.write();
    a.sync.catchUp("the page was frozen");
    await quiet();
    expect(a.held()).toBe(1);
    expect(a.reads).toHaveLength(2);
  });

  test("nor is anything stale for its age while the server is asked, and ten seconds after its answer", async () => {
    const a = world.createTab("a");
    await quiet();
    a.say({ type: "open", head: world.head() });
    a.say({ type: "lost" });
    expect(a.sync.isLive).toBe(false);
    const answer = world.holdCatchUp();
    a.visibility.report("page", false);
    a.sync.catchUp("the back/forward cache");
    expect(a.sync.isLive).toBe(false);
    a.visibility.report("page", true);
    expect(a.sync.isLive).toBe(true);
    answer();
    // Out of view it is not asked again.
    a.visibility.report("page", false);
    await quiet(9000);
    expect(a.sync.isLive).toBe(true);
    await quiet(1001);
    expect(a.sync.isLive).toBe(false);
  });

  test("but age counts again as soon as the server fails to answer", async () => {
    const a = world.createTab("a");
    await quiet();
    a.say({ type: "open", head: world.head() });
    a.say({ type: "lost" });
    a.sync.catchUp("a thaw");
    await quiet(0);
    expect(a.sync.isLive).toBe(true);
    const answer = world.holdCatchUp();
    a.sync.catchUp("a thaw");
    answer(new Error("down"));
    await quiet(0);
    expect(a.sync.isLive).toBe(false);
  });

  test("when the log does not reach back: everything in view is read again", async () => {
    const a = world.createTab("a");
    await quiet();
    world.write();
    world.server.reaches = false;
    a.sync.catchUp("the page was frozen");
    await quiet();
    expect(a.held()).toBe(1);
  });

  test("when the server began a new log", async () => {
    const [a, b] = [world.createTab("a"), world.createTab("b")];
    await quiet();
    world.server.epoch = "f";
    world.write();
    a.say({ type: "reset", head: world.head() });
    await quiet();
    expect([a.held(), b.held()]).toEqual([1, 1]);
  });
});

describe("an answer that another tab lends", () => {
  const receive = (change: Change) =>
    world.junk({ tandem: 1, from: "b", type: "changes", epoch: "e", changes: [change] });
  const lend = (epoch: string, rev: number) =>
    world.junk({
      tandem: 1,
      from: "b",
      type: "answer",
      queryKey: ["count"],
      data: { asOf: { epoch, rev } },
    });

  /** Knows two changes, has read because of the first, and soon will because of the second. */
  async function createStaleTab() {
    const tab = world.createTab("a");
    await quiet();
    receive(world.write("b"));
    await quiet(0);
    receive(world.write("b"));
    await quiet(0);
    expect([tab.held(), tab.reads.length]).toEqual([1, 2]);
    return tab;
  }

  test("is taken, and saves a read", async () => {
    const a = await createStaleTab();
    lend("e", 2);
    await quiet();
    expect([a.held(), a.reads.length]).toEqual([2, 2]);
  });

  test("is not taken when it is older than what is held, or of a revision that was never sighted", async () => {
    const a = await createStaleTab();
    for (const rev of [0, 1, 3, 10 ** 12]) lend("e", rev);
    await quiet(0);
    expect(a.held()).toBe(1);
    await quiet();
    expect([a.held(), a.reads.length]).toEqual([2, 3]);
  });

  test("is not taken while a read is under way, as the older answer would come after it", async () => {
    const a = await createStaleTab();
    const release = world.hold();
    void a.refetch();
    receive(world.write("b"));
    await quiet(0);
    lend("e", 3);
    await quiet(0);
    expect(a.held()).toBe(1);
    release();
    await quiet();
    expect(a.held()).toBe(3);
  });
});

describe("without help", () => {
  test("of a channel, the tab's own stream keeps it in step", async () => {
    world = createWorld({ hasLocks: true });
    const a = world.createTab("a", createChannel({ name: "tandem", open: () => null }));
    await quiet();
    a.say({ type: "open", head: world.head() });
    a.say({ type: "changes", epoch: "e", changes: [world.write()] });
    await quiet();
    expect(a.held()).toBe(1);
    expect(a.sync.isLive).toBe(true);
  });

  test("of channel and stream, the server is asked every few seconds, in view only", async () => {
    const a = world.createTab("a", createChannel({ name: "tandem", open: () => null }));
    await quiet();
    a.say({ type: "lost" });
    world.write();
    await quiet(12_000);
    expect(a.held()).toBe(1);
    a.visibility.report("page", false);
    const asked = a.asked.length;
    await quiet(60_000);
    expect(a.asked).toHaveLength(asked);
  });

  test("of Web Locks, one of twelve tabs holds the change stream, and outside changes reach all of them", async () => {
    const tabs = Array.from({ length: 12 }, (_, n) => world.createTab(`tab-${n + 10}`));
    const streaming = () => tabs.filter((tab) => tab.standing() > 0);
    await quiet();
    expect(streaming()).toHaveLength(1);
    const lead = () => streaming()[0] as (typeof tabs)[number];
    lead().say({ type: "open", head: world.head() });
    lead().say({ type: "changes", epoch: "e", changes: [world.write()] });
    await quiet();
    expect(tabs.map((tab) => tab.held())).toEqual(tabs.map(() => 1));
    lead().sync.close();
    await quiet();
    expect(streaming()).toHaveLength(1);
  });
});

describe("junk", () => {
  test("about a server far ahead is asked about ever more rarely, not for ever", async () => {
    const a = world.createTab("a");
    await quiet();
    world.junk({ tandem: 1, from: "x", type: "head", epoch: "e", rev: 10 ** 12, live: true });
    await quiet(60_000);
    expect(a.asked.length).toBeLessThan(12);
    expect(a.reads).toHaveLength(1);
  });

  test("of another version has the server asked, and the tab marked as outdated", async () => {
    const a = world.createTab("a");
    await quiet();
    world.write();
    world.junk({ tandem: 2, from: "x", anything: true });
    await quiet();
    expect(a.sync.outdated).toBe(true);
    expect(a.held()).toBe(1);
  });

  test("answers for unknown queries and other epochs are left alone", async () => {
    const a = world.createTab("a");
    await quiet();
    for (const queryKey of [["count"], ["other"], [null]])
      world.junk({ tandem: 1, from: "x", type: "answer", queryKey, data: { asOf: { rev: 9 } } });
    await quiet();
    expect(a.held()).toBe(0);
    expect(a.reads).toHaveLength(1);
  });
});

describe("the status", () => {
  test("says what is not as it should be, and why", async () => {
    const noChannel = createChannel({ name: "tandem", open: () => null });
    const a = world.createTab("a");
    const b = world.createTab("b", noChannel);
    await quiet();
    expect(a.sync.status).toBe("live");
    expect(b.sync.status).toBe("degraded");
    expect(b.sync.trouble).toBe("no-channel");
    a.say({ type: "lost" });
    expect(a.sync.status).toBe("degraded");
    a.say({ type: "open", head: world.head() });
    a.say({ type: "trouble", detail: "db.json: line 3" });
    expect(a.sync.trouble).toBe("db.json: line 3");
    a.say({ type: "trouble", detail: null });
    expect(a.sync.status).toBe("live");
  });

  test("says that the server keeps no log, in each tab, until an answer names a revision", async () => {
    world.server.keepsLog = false;
    const tabs = [world.createTab("a"), world.createTab("b")];
    await quiet();
    for (const { sync } of tabs) expect(sync.trouble).toBe("no-log");
    world.server.keepsLog = true;
    for (const tab of tabs) await tab.refetch();
    // The leader tab tries again within 30 s.
    await quiet(30_000);
    tabs[0]?.say({ type: "open", head: world.head() });
    await quiet(0);
    for (const { sync } of tabs) expect(sync.status).toBe("live");
  });

  test("is quiet again when the server is back, and so is what failed meanwhile", async () => {
    const a = world.createTab("a");
    await quiet();
    a.say({ type: "lost" });
    world.server.isDown = true;
    await a.refetch();
    expect(a.failed()).toBe(true);
    world.server.isDown = false;
    a.say({ type: "open", head: world.head() });
    await quiet();
    expect(a.failed()).toBe(false);
    expect(a.sync.status).toBe("live");
  });

  test("is tried again at once when the user asks: the stream, what was missed, and what failed", async () => {
    const { createTab, server } = world;
    const a = createTab("a");
    await vi.advanceTimersByTimeAsync(100);
    a.say({ type: "open", head: world.head() });
    for (let count = 0; count < 4; count++) {
      a.say({ type: "lost" });
      if (count < 3) await vi.advanceTimersByTimeAsync(600 * 2 ** count);
    }
    server.isDown = true;
    await a.refetch();
    server.isDown = false;
    const asked = a.asked.length;
    expect([a.standing(), a.failed()]).toEqual([0, true]);
    a.sync.retry();
    expect([a.standing(), a.asked.length]).toEqual([1, asked + 1]);
    await vi.advanceTimersByTimeAsync(0);
    expect(a.failed()).toBe(false);
  });

  test("says that changes wait while the tab is out of view, and reads them when it is seen", async () => {
    const [a, b] = [world.createTab("a"), world.createTab("b")];
    await quiet();
    b.visibility.report("shell", false);
    a.sync.publish({ epoch: "e", rev: 1 }, [world.write("a")]);
    await quiet();
    expect(b.sync.status).toBe("waiting");
    expect(b.reads).toHaveLength(1);
  });
});

describe("silence is not taken for health", () => {
  beforeEach(() => {
    world = createWorld({ hasLocks: true });
  });

  /** Two tabs in view, the first of which leads. */
  async function createLedTab() {
    const [a, b] = [world.createTab("a"), world.createTab("b")];
    await quiet(100);
    a.say({ type: "open", head: world.head() });
    await quiet(100);
    return [a, b] as const;
  }

  /** The server's pings, for as long as the stream stands. */
  async function ping(tab: { say: (event: StreamEvent) => void }, ms: number) {
    for (let waited = 0; waited < ms; waited += 5000) {
      tab.say({ type: "ping" });
      await quiet(5000);
    }
  }

  test("of a stream that stands and says nothing: degraded after 25 s, and what was missed is there", async () => {
    const [a, b] = await createLedTab();
    await ping(a, 60_000);
    expect([a.sync.status, b.sync.status]).toEqual(["live", "live"]);
    world.write();
    await quiet(25_100);
    expect([a.sync.trouble, b.sync.trouble]).toEqual(["no-stream", "no-stream"]);
    expect([a.sync.isLive, b.sync.isLive]).toEqual([false, false]);
    await quiet(12_000);
    expect([a.held(), b.held()]).toEqual([1, 1]);
  });

  test("of a stream that never begins: not live after 5 s, and the server is asked", async () => {
    const a = world.createTab("a");
    await quiet(4000);
    expect([a.sync.status, a.sync.isLive]).toEqual(["live", true]);
    world.write();
    await quiet(2000);
    expect([a.sync.trouble, a.sync.isLive]).toEqual(["no-stream", false]);
    await quiet(12_000);
    expect(a.held()).toBe(1);
  });

  test("of a leader that hangs in view: the others ask, say so, and one of them opens a stream beside it", async () => {
    const tabs = [world.createTab("a"), world.createTab("b"), world.createTab("c")] as const;
    const [a, b, c] = tabs;
    await quiet(100);
    a.say({ type: "open", head: world.head() });
    await quiet(100);
    a.hang();
    world.write();
    await quiet(24_000);
    expect([b.sync.status, c.sync.status]).toEqual(["live", "live"]);
    await quiet(2000);
    expect([b.held(), c.held()]).toEqual([1, 1]);
    expect([b.sync.trouble, c.sync.trouble]).toEqual(["no-stream", "no-stream"]);
    expect(tabs.map((tab) => tab.standing())).toEqual([1, 1, 0]);
    b.say({ type: "open", head: world.head() });
    await quiet(100);
    expect([b.sync.status, c.sync.status, b.sync.isLive, c.sync.isLive]).toEqual([
      "live",
      "live",
      true,
      true,
    ]);
    b.say({ type: "changes", epoch: "e", changes: [world.write()] });
    await quiet(100);
    expect([b.held(), c.held()]).toEqual([2, 2]);
  });

  test("and the stream beside it is closed when the leader is heard again, or the tab goes out of view", async () => {
    for (const end of ["heard", "hidden"] as const) {
      const [a, b] = await createLedTab();
      a.hang();
      await quiet(26_000);
      expect(b.standing()).toBe(1);
      if (end === "hidden") b.visibility.report("page", false);
      else {
        a.resume();
        a.say({ type: "open", head: world.head() });
      }
      await ping(a, 15_000);
      expect(b.standing()).toBe(0);
      world.close();
      world = createWorld({ hasLocks: true });
    }
  });

  test("of two tabs that hang with a stream each: the others open no third, and go on asking", async () => {
    const tabs = ["a", "b", "c", "d"].map((id) => world.createTab(id));
    const [a, b, c, d] = tabs as [Tab, Tab, Tab, Tab];
    await quiet(100);
    a.say({ type: "open", head: world.head() });
    await quiet(100);
    a.hang();
    await quiet(26_000);
    b.say({ type: "open", head: world.head() });
    b.hang();
    for (let minutes = 0; minutes < 3; minutes++) {
      world.write();
      await quiet(60_000);
      expect([c.held(), d.held()]).toEqual([minutes + 1, minutes + 1]);
      expect([c.sync.trouble, d.sync.trouble]).toEqual(["no-stream", "no-stream"]);
    }
    expect([c.standing(), d.standing()]).toEqual([0, 0]);
  });

  test("a word that the stream of another tab is down does not deny the leader's that was heard", async () => {
    const [a, b] = await createLedTab();
    await ping(a, 10_000);
    world.junk({ tandem: 1, from: "x", type: "head", epoch: "e", rev: 0, live: false });
    await quiet(100);
    expect(b.sync.status).toBe("live");
    a.say({ type: "lost" });
    await quiet(100);
    expect(b.sync.trouble).toBe("no-stream");
  });
});

describe("tabs only", () => {
  /** A tab on a REST API that knows of no revisions: without `server`, and with its own browser defaults. */
  function createPlainTab(name: string, server: { title: string }, session?: string) {
    const queryClient = new QueryClient();
    const reads = vi.fn();
    const sync = createSync({
      name,
      session,
      queryClient,
      effects: {
        note: {
          effect: ({ row }, _, [, id]) => (row ? { patched: row } : id === "1" ? "stale" : "none"),
        },
      },
    });
    const observer = new QueryObserver(queryClient, {
      queryKey: ["note", "1"],
      staleTime: Number.POSITIVE_INFINITY,
      async queryFn() {
        reads();
        return { title: server.title };
      },
    });
    const stop = observer.subscribe(() => {});
    return {
      sync,
      reads,
      title: () => observer.getCurrentResult().data?.title,
      close() {
        stop();
        sync.close();
        queryClient.clear();
      },
    };
  }

  test("one tab's write is put in place in the other, or read by it, without revisions", async () => {
    vi.useRealTimers();
    const server = { title: "old" };
    const name = `tabs-only-${process.pid}`;
    const [a, b] = [createPlainTab(name, server), createPlainTab(name, server)];
    await vi.waitFor(() => expect([a.title(), b.title()]).toEqual(["old", "old"]));
    const update = { resource: "notes", id: "1", op: "update" } as const;
    a.sync.publish(null, [{ ...update, row: { title: "patched" } }]);
    expect(a.title()).toBe("patched");
    await vi.waitFor(() => expect(b.title()).toBe("patched"));
    expect([a.reads.mock.calls.length, b.reads.mock.calls.length]).toEqual([1, 1]);
    server.title = "read";
    a.sync.publish(null, [update]);
    await vi.waitFor(() => expect([a.title(), b.title()]).toEqual(["read", "read"]));
    expect([b.sync.status, b.sync.trouble, b.sync.isLive]).toEqual(["live", null, false]);
    a.close();
    b.close();
  });

  test("age counts also where answers name revisions: no server is asked what was missed", async () => {
    const tab = createPlainTab("revisions", { title: "old" });
    await quiet();
    tab.sync.publish({ epoch: "e", rev: 7 }, []);
    tab.sync.catchUp("the back/forward cache");
    expect(tab.sync.isLive).toBe(false);
    await quiet(0);
    expect([tab.sync.head?.rev, tab.sync.isLive]).toEqual([7, false]);
    tab.close();
  });

  test("tabs of another session, or of another app of the origin, do not receive it", async () => {
    vi.useRealTimers();
    const server = { title: "old" };
    const name = `sessions-${process.pid}`;
    const tabs = [
      createPlainTab(name, server),
      createPlainTab(name, server, "another session"),
      createPlainTab(`${name}-other`, server),
    ];
    await vi.waitFor(() => expect(tabs.map((tab) => tab.title())).toEqual(["old", "old", "old"]));
    tabs[0]?.sync.publish(null, [
      { resource: "notes", id: "1", op: "update", row: { title: "new" } },
    ]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(tabs.map((tab) => tab.title())).toEqual(["new", "old", "old"]);
    for (const tab of tabs) tab.close();
  });
});

test("a sync that is closed leaves no timer and answers no message, whatever was under way", async () => {
  const a = world.createTab("a");
  await quiet();
  a.say({ type: "open", head: world.head() });
  // A change of a tab that may be gone, a gap, a stream that is retried, a read at its pace.
  a.say({ type: "changes", epoch: "e", changes: [world.write("b")] });
  world.junk({ tandem: 1, from: "x", type: "head", epoch: "e", rev: 9, live: true });
  a.say({ type: "changes", epoch: "e", changes: [world.write("b")] });
  a.say({ type: "lost" });
  world.close();
  expect(vi.getTimerCount()).toBe(0);
  const { length } = a.asked;
  world.junk({ tandem: 2, from: "x" });
  a.visibility.report("page", false);
  a.visibility.report("page", true);
  await quiet(60_000);
  expect(a.asked).toHaveLength(length);
});

test("a query client of another copy of query-core is refused, with what to look at", () => {
  const queryClient = Object.create(null);
  expect(() => createSync({ name: "app", queryClient, effects: {} })).toThrow(/npm ls @tanstack/);
});
