import { focusManager, onlineManager } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Confirmed, createApi } from "#data/server/api.ts";
import { ApiError, UnreachableError } from "#data/server/api-error.ts";
import { createMemoryStore } from "#data/storage/memory-store.ts";
import type { PersistentStore } from "#data/storage/persistent-store.ts";
import { openTabStorage, type TabStorage } from "#data/storage/tab-storage.ts";
import { createTrace } from "#sync";
import { ConflictError } from "./conflict-error.ts";
import { createOutbox, type OpenOutbox, type OutboxOptions } from "./create-outbox.ts";
import type { ConfirmedWrite, Outbox } from "./outbox.ts";
import { createQueue, type Queue } from "./queue.ts";
import { noFields } from "./testing/account-fields.ts";
import { createSendWrite, type NewWrite, type Write } from "./writes.ts";

const drafts = { version: 1 };
const store: { current: PersistentStore } = { current: createMemoryStore() };
const opened: { outbox: OpenOutbox; queue: Queue; keeper: TabStorage }[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  store.current = createMemoryStore();
});
afterEach(() => {
  for (const each of opened.splice(0)) close(each);
  onlineManager.setOnline(true);
  focusManager.setFocused(undefined);
  vi.useRealTimers();
});

type Send = (write: Write) => Promise<Confirmed | null>;

type Publish = OutboxOptions["publish"];

async function openTab(send: Send, tab = "Tab A", publish: Publish = () => {}) {
  await store.current.enter("one");
  const keeper = await openTabStorage({ store: store.current, sessionId: "one", tab });
  const queue = createQueue(keeper);
  const trace = createTrace();
  const stampOfDraft = ({ id }: Write) => `stamp of ${id} ${drafts.version}`;
  const outbox = createOutbox({ queue, send, publish, trace, stampOfDraft });
  const confirmed: ConfirmedWrite[] = [];
  outbox.onConfirmed((each) => void confirmed.push(each));
  const each = { outbox, queue, keeper, trace, confirmed };
  opened.push(each);
  await outbox.load();
  return each;
}

/** As a crash leaves it: nothing is announced. */
async function crash(tab: (typeof opened)[number]) {
  await tab.keeper.flush();
  close(opened.splice(opened.indexOf(tab), 1)[0] as typeof tab);
}

function close({ outbox, queue, keeper }: (typeof opened)[number]) {
  outbox.close();
  queue.close();
  keeper.close();
}

const pin = (id: string, pinned = true): NewWrite => ({
  type: "pin",
  id,
  accountId: "acc-01",
  title: id,
  pinned,
});
const words = ({ entries }: Outbox) => entries.map(({ write, state }) => `${write.id} ${state}`);

/** A server whose answers the test decides. */
function createServer(answer: (write: Write) => Promise<null> = async () => null) {
  const got: string[] = [];
  return {
    got,
    send: async (write: Write) => {
      got.push(write.id);
      return answer(write);
    },
  };
}

test("a write is an entry until the server has it, and kept on disk as long", async () => {
  const { send } = createServer();
  const { outbox, keeper, confirmed } = await openTab(send);
  const done = outbox.send(pin("a"));
  expect(words(outbox)).toEqual(["a sending"]);
  await done;
  expect(words(outbox)).toEqual([]);
  expect(confirmed.map(({ write }) => write.id)).toEqual(["a"]);
  await keeper.flush();
  expect(await keeper.count("writes")).toBe(0);
});

test("a write that is never answered waits after 15 s, is sent again, and can be taken back", async () => {
  const fetch = vi.fn(() => new Promise<never>(() => {}));
  const send = createSendWrite(createApi({ tabId: "a", fetch }));
  const { outbox, queue } = await openTab((write) => send(write, () => true));
  outbox.send(pin("a")).catch(() => {});
  outbox.send(pin("a", false)).catch(() => {});
  await vi.advanceTimersByTimeAsync(15_100);
  expect(queue.entries[0]?.state).toBe("waiting");
  await vi.advanceTimersByTimeAsync(1000);
  expect(fetch).toHaveBeenCalledTimes(2);
  outbox.cancel(queue.entries[0]?.write.key ?? "");
  await vi.advanceTimersByTimeAsync(15_100);
  expect(fetch).toHaveBeenCalledTimes(3);
  expect(words(outbox)).toEqual(["a sending"]);
});

test("writes asked for offline wait in order, survive a crash, and are sent once each", async () => {
  const server = createServer();
  onlineManager.setOnline(false);
  const before = await openTab(server.send);
  for (const id of ["e", "d", "c", "b", "a"]) {
    before.outbox.send(pin(id));
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(words(before.outbox)).toEqual(["e", "d", "c", "b", "a"].map((id) => `${id} waiting`));
  await crash(before);

  const after = await openTab(server.send);
  expect(words(after.outbox)).toEqual(["e", "d", "c", "b", "a"].map((id) => `${id} waiting`));
  expect(server.got).toEqual([]);
  onlineManager.setOnline(true);
  await vi.advanceTimersByTimeAsync(100);
  expect(server.got).toEqual(["e", "d", "c", "b", "a"]);
  expect(words(after.outbox)).toEqual([]);
});

test("writes of one row are sent in the order in which they were asked for, in whichever they were kept", async () => {
  const kept = (key: string, pinned: boolean, submittedAt: number) => ({
    kind: "writes" as const,
    name: key,
    value: { write: { ...pin("a", pinned), key }, submittedAt, failure: null },
  });
  await store.current.enter("one");
  await store.current.write("one", "Tab A", [kept("k1", true, 2), kept("k2", false, 1)]);
  const sent: unknown[] = [];
  await openTab(async (write) => {
    sent.push(write.type === "pin" && write.pinned);
    return null;
  });
  await vi.advanceTimersByTimeAsync(100);
  expect(sent).toEqual([false, true]);
});

test("an older write that is adopted from another tab blocks none of those before it", async () => {
  const server = createServer();
  onlineManager.setOnline(false);
  const { outbox, keeper } = await openTab(server.send);
  const write = { ...pin("a"), key: "k1" };
  const value = { write, submittedAt: Date.now() - 1000, failure: null };
  outbox.send(pin("a", false));
  outbox.send(pin("b"));
  keeper.put({ kind: "writes", name: "k1", value });
  await keeper.flush();
  await outbox.load();
  onlineManager.setOnline(true);
  await vi.advanceTimersByTimeAsync(100);
  expect(server.got.toSorted()).toEqual(["a", "a", "b"]);
  expect(words(outbox)).toEqual([]);
});

test("one that is cancelled while its turn comes does not block those behind it", async () => {
  const server = createServer(async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (!onlineManager.isOnline()) throw new UnreachableError("gone");
    return null;
  });
  const { outbox } = await openTab(server.send);
  outbox.send(pin("a"));
  outbox.send(pin("a", false));
  await vi.advanceTimersByTimeAsync(10);
  onlineManager.setOnline(false);
  outbox.send(pin("b"));
  await vi.advanceTimersByTimeAsync(2000);
  expect(words(outbox)).toEqual(["a waiting", "a waiting", "b waiting"]);
  onlineManager.setOnline(true);
  outbox.cancel(outbox.entries[1]?.write.key ?? "");
  await vi.advanceTimersByTimeAsync(1000);
  expect(server.got).toEqual(["a", "a", "b"]);
  expect(words(outbox)).toEqual([]);
});

test("one is on its way before the next leaves, when the network is back", async () => {
  const order: string[] = [];
  const { send } = createServer(async ({ id }) => {
    order.push(`${id} out`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    order.push(`${id} in`);
    return null;
  });
  onlineManager.setOnline(false);
  const { outbox } = await openTab(send);
  for (const id of ["a", "b"]) {
    outbox.send(pin(id));
    await vi.advanceTimersByTimeAsync(10);
  }
  onlineManager.setOnline(true);
  await vi.advanceTimersByTimeAsync(500);
  expect(order).toEqual(["a out", "a in", "b out", "b in"]);
});

test("one that was on its way when the tab died is sent again", async () => {
  const keys: string[] = [];
  const before = await openTab((write) => {
    keys.push(write.key);
    return new Promise(() => {});
  });
  void before.outbox.send(pin("a"));
  await vi.advanceTimersByTimeAsync(10);
  await crash(before);
  await openTab(async (write) => {
    keys.push(write.key);
    return null;
  });
  await vi.advanceTimersByTimeAsync(10);
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBe(keys[1]);
});

test("one that waits can be cancelled, and is never sent", async () => {
  const server = createServer();
  onlineManager.setOnline(false);
  const { outbox, keeper } = await openTab(server.send);
  outbox.send(pin("a"));
  outbox.send(pin("b"));
  await vi.advanceTimersByTimeAsync(10);
  outbox.cancel(outbox.entries[0]?.write.key ?? "");
  await vi.advanceTimersByTimeAsync(0);
  expect(words(outbox)).toEqual(["b waiting"]);
  await keeper.flush();
  expect(await keeper.count("writes")).toBe(1);
  onlineManager.setOnline(true);
  await vi.advanceTimersByTimeAsync(100);
  expect(server.got).toEqual(["b"]);
});

test("one that waits between two attempts can be cancelled too", async () => {
  const server = createServer(() => Promise.reject(new UnreachableError("no answer")));
  const { outbox } = await openTab(server.send);
  outbox.send(pin("a")).catch(() => {});
  await vi.advanceTimersByTimeAsync(10);
  expect(words(outbox)).toEqual(["a waiting"]);
  outbox.cancel(outbox.entries[0]?.write.key ?? "");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.got).toEqual(["a"]);
  expect(words(outbox)).toEqual([]);
});

test("one that is cancelled while an attempt is under way is as the server has it", async () => {
  const ends: { arrive(): void; fail(): void }[] = [];
  const { outbox, confirmed } = await openTab(
    () =>
      new Promise((resolve, reject) => {
        ends.push({ arrive: () => resolve(null), fail: () => reject(new UnreachableError("no")) });
      }),
  );
  const cancelWaiting = async (id: string) => {
    outbox.send(pin(id)).catch(() => {});
    await vi.advanceTimersByTimeAsync(10);
    ends.pop()?.fail();
    await vi.advanceTimersByTimeAsync(5000);
    outbox.cancel(outbox.entries[0]?.write.key ?? "");
    expect(words(outbox)).toEqual([`${id} waiting`]);
  };
  await cancelWaiting("a");
  ends.pop()?.arrive();
  await vi.advanceTimersByTimeAsync(10);
  expect(confirmed.map(({ write }) => write.id)).toEqual(["a"]);
  await cancelWaiting("b");
  ends.pop()?.fail();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ends).toEqual([]);
  expect(words(outbox)).toEqual([]);
  expect(confirmed.map(({ write }) => write.id)).toEqual(["a"]);
});

test("what finds no server is retried in a tab out of view as well", async () => {
  let isUp = false;
  const server = createServer(async () => {
    if (!isUp) throw new UnreachableError("down");
    return null;
  });
  const { outbox, confirmed } = await openTab(server.send);
  outbox.send(pin("a"));
  await vi.advanceTimersByTimeAsync(10);
  focusManager.setFocused(false);
  await vi.advanceTimersByTimeAsync(5000);
  expect(words(outbox)).toEqual(["a waiting"]);
  isUp = true;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(confirmed.map(({ write }) => write.id)).toEqual(["a"]);
});

test("what lost the network on its way is sent first, as soon as that is back", async () => {
  const server = createServer(async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (!onlineManager.isOnline()) throw new UnreachableError("offline");
    return null;
  });
  const { outbox } = await openTab(server.send);
  outbox.send(pin("a"));
  await vi.advanceTimersByTimeAsync(10);
  onlineManager.setOnline(false);
  outbox.send(pin("b"));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.got).toEqual(["a"]);
  focusManager.setFocused(false);
  onlineManager.setOnline(true);
  await vi.advanceTimersByTimeAsync(60);
  expect(server.got).toEqual(["a", "a", "b"]);
  await vi.advanceTimersByTimeAsync(60);
  expect(words(outbox)).toEqual([]);
});

test("a session that is over sends nothing more of what waited", async () => {
  const server = createServer(() => Promise.reject(new UnreachableError("down")));
  const tab = await openTab(server.send);
  const sent = tab.outbox.send(pin("a"));
  sent.catch(() => {});
  await vi.advanceTimersByTimeAsync(10);
  await crash(tab);
  await expect(sent).rejects.toThrow();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.got).toEqual(["a"]);
  expect(await tab.keeper.count("writes")).toBe(1);
});

test("after one write that the disk did not take, what was sent is not sent again after a reload", async () => {
  const disk = createMemoryStore();
  store.current = {
    ...disk,
    async write(session, tab, items) {
      if (items.some(({ value }) => JSON.stringify(value)?.includes("too much")))
        throw new DOMException("The disk is full", "QuotaExceededError");
      return disk.write(session, tab, items);
    },
  };
  const ends: (() => void)[] = [];
  const server = createServer(() => new Promise((resolve) => ends.push(() => resolve(null))));
  const before = await openTab(server.send);
  before.outbox.send(pin("a"));
  await before.keeper.flush();
  before.outbox.send(pin("too much")).catch(() => {});
  await before.keeper.flush();
  expect(before.keeper.trouble).toBe("The disk is full");
  for (const end of ends) end();
  await vi.advanceTimersByTimeAsync(10);
  expect(words(before.outbox)).toEqual([]);
  await crash(before);

  const { outbox } = await openTab(server.send);
  await vi.advanceTimersByTimeAsync(10);
  expect(words(outbox)).toEqual([]);
  expect(server.got).toEqual(["a", "too much"]);
});

test("what the server refuses stays, over a crash too, until it is retried or discarded", async () => {
  let refuses = true;
  const server = createServer(async () => {
    if (refuses) throw new ApiError("no", 422, { title: "No", status: 422, field: "/title" });
    return null;
  });
  const before = await openTab(server.send);
  await expect(before.outbox.send(pin("a"))).rejects.toThrow("no");
  before.outbox.send(pin("b")).catch(() => {});
  await vi.advanceTimersByTimeAsync(10);
  expect(words(before.outbox)).toEqual(["a failed", "b failed"]);
  await crash(before);

  refuses = false;
  const { outbox, keeper } = await openTab(server.send);
  expect(words(outbox)).toEqual(["a failed", "b failed"]);
  expect(outbox.entries[0]?.error).toMatchObject({ problem: { field: "/title" } });
  expect(server.got).toEqual(["a", "b"]);
  outbox.cancel(outbox.entries[1]?.write.key ?? "");
  outbox.retry(outbox.entries[0]?.write.key ?? "");
  await vi.advanceTimersByTimeAsync(10);
  expect(server.got).toEqual(["a", "b", "a"]);
  expect(words(outbox)).toEqual([]);
  await keeper.flush();
  expect(await keeper.count("writes")).toBe(0);
});

test("one that is retried, or settled, keeps the draft that it was typed in and its time, and is asked for anew", async () => {
  let refuses = true;
  const answer = async () => {
    if (refuses) throw new ApiError("no", 400);
    return null;
  };
  const { outbox, keeper, confirmed } = await openTab(answer);
  await expect(outbox.send(pin("a"))).rejects.toThrow("no");
  const [entry] = outbox.entries;
  if (!entry) throw new Error("no entry");
  refuses = false;
  onlineManager.setOnline(false);
  drafts.version++;
  outbox.send(pin("b"));
  await vi.advanceTimersByTimeAsync(1000);
  outbox.retry(entry.write.key, pin("a", false));
  await keeper.flush();
  expect(words(outbox)).toEqual(["b waiting", "a waiting"]);
  expect(outbox.entries[1]?.submittedAt).toBe(entry.submittedAt);
  expect((await keeper.read("writes")).size).toBe(2);
  onlineManager.setOnline(true);
  await vi.advanceTimersByTimeAsync(10);
  const write = { ...pin("a", false), key: entry.write.key };
  expect(confirmed[1]).toEqual({ write, draft: "stamp of a 1", answer: null });
});

test("a field that an edit leaves as it was shown is not in it: it may be another by now", async () => {
  const sent: Write[] = [];
  const { outbox } = await openTab(async (write) => {
    sent.push(write);
    return null;
  });
  const fields = { ...noFields, name: "Old", ownerId: "", plan: "", status: "", notes: "" };
  await outbox.send({
    ...{ type: "edit account", id: "acc-01", base: { version: 3, fields } },
    changes: { name: "Mine", renewalDate: "", notes: undefined },
  });
  expect(sent).toMatchObject([{ changes: { name: "Mine" } }]);
  expect(Object.keys((sent[0] as { changes: object }).changes)).toEqual(["name"]);
});

test("a conflict keeps both values over a crash", async () => {
  const conflict = { field: "name", base: "Old", theirs: "Theirs", mine: "Mine" };
  const before = await openTab(() =>
    Promise.reject(new ConflictError([conflict], { version: 7, fields: { name: "Theirs" } })),
  );
  const edit = {
    type: "edit account",
    id: "acc-01",
    base: {
      version: 3,
      fields: { ...noFields, name: "Old", ownerId: "", plan: "", status: "", notes: "" },
    },
    changes: { name: "Mine" },
  } as const;
  await expect(before.outbox.send(edit)).rejects.toThrow(ConflictError);
  expect(words(before.outbox)).toEqual(["acc-01 conflict"]);
  await crash(before);
  const { outbox } = await openTab(async () => null);
  expect(words(outbox)).toEqual(["acc-01 conflict"]);
  expect(outbox.entries[0]?.error).toMatchObject({ conflicts: [conflict] });
});

test("two writes of one row go one after the other, two rows at once", async () => {
  const ends: (() => void)[] = [];
  const server = createServer(() => new Promise((resolve) => ends.push(() => resolve(null))));
  const { outbox } = await openTab(server.send);
  outbox.send(pin("a"));
  outbox.send(pin("a", false));
  outbox.send(pin("b"));
  await vi.advanceTimersByTimeAsync(10);
  expect(server.got).toEqual(["a", "b"]);
  ends[0]?.();
  await vi.advanceTimersByTimeAsync(10);
  expect(server.got).toEqual(["a", "b", "a"]);
});

test("one that is refused in its turn after a reload is an entry, and no unhandled rejection", async () => {
  const unhandled = vi.fn();
  process.once("unhandledRejection", unhandled);
  onlineManager.setOnline(false);
  const before = await openTab(async () => null);
  before.outbox.send(pin("a"));
  before.outbox.send(pin("a", false));
  await vi.advanceTimersByTimeAsync(10);
  await crash(before);

  const { outbox } = await openTab(async (write) => {
    if (write.type === "pin" && !write.pinned) throw new ApiError("no", 403);
    return null;
  });
  onlineManager.setOnline(true);
  vi.useRealTimers();
  await vi.waitFor(() => expect(words(outbox)).toEqual(["a failed"]));
  await new Promise((resolve) => setTimeout(resolve));
  process.off("unhandledRejection", unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

const confirmed: Confirmed = {
  row: { id: "a" },
  asOf: { epoch: "e", rev: 7 },
  changes: [
    { rev: 7, version: 7, resource: "activities", id: "a", op: "update", parents: {}, row: {} },
  ],
};

test("what the server made of a write is published before its entry goes, with no notification between", async () => {
  const seen: string[] = [];
  const publish: Publish = (asOf, changes) => {
    seen.push(`published ${asOf?.rev} ${changes.length} over ${words(outbox)}`);
  };
  const { outbox } = await openTab(async () => confirmed, "Tab A", publish);
  const done = outbox.send(pin("a"));
  outbox.subscribe(() => seen.push(`shown ${words(outbox)}`));
  expect(await done).toBe(confirmed);
  expect(seen).toEqual(["published 7 1 over a sending", "shown "]);
});

test("what arrives after the end of the session is not published, and stays on disk", async () => {
  let arrive = () => {};
  const publish = vi.fn();
  const tab = await openTab(
    () => new Promise((resolve) => (arrive = () => resolve(confirmed))),
    "Tab A",
    publish,
  );
  const sent = tab.outbox.send(pin("a"));
  await vi.advanceTimersByTimeAsync(10);
  await crash(tab);
  arrive();
  await expect(sent).rejects.toMatchObject({ name: "AbortError" });
  expect(publish).not.toHaveBeenCalled();
  expect(tab.confirmed).toEqual([]);
  expect(await tab.keeper.count("writes")).toBe(1);
});

test("a write is a request of the user in the trace, from its first attempt to its answer", async () => {
  let refuses = true;
  const { outbox, trace } = await openTab(async () => {
    if (refuses) throw new ApiError("no", 422);
    return null;
  });
  const requests = () =>
    trace.entries.flatMap((entry) =>
      entry.type === "request" ? `${entry.target} ${entry.cause} ${entry.state}` : [],
    );
  onlineManager.setOnline(false);
  outbox.send(pin("a"));
  expect(requests()).toEqual([]);
  onlineManager.setOnline(true);
  await vi.advanceTimersByTimeAsync(10);
  refuses = false;
  outbox.retry(outbox.entries[0]?.write.key ?? "");
  await vi.advanceTimersByTimeAsync(10);
  expect(requests()).toEqual(
    ["failed", "ok"].map((state) => `["write","pin","a"] the user ${state}`),
  );
});
