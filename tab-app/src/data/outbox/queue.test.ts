import { beforeEach, expect, test } from "vitest";
import { ApiError } from "#data/server/api-error.ts";
import { createMemoryStore } from "#data/storage/memory-store.ts";
import { openTabStorage } from "#data/storage/tab-storage.ts";
import { ConflictError } from "./conflict-error.ts";
import type { OutboxEntry } from "./outbox.ts";
import { createQueue } from "./queue.ts";

let store = createMemoryStore();
beforeEach(async () => {
  store = createMemoryStore();
  await store.enter("one");
});

async function openQueue() {
  const storage = await openTabStorage({ store, sessionId: "one", tab: "Tab A" });
  return { storage, queue: createQueue(storage) };
}

const entry = (key: string, number: number, more: Partial<OutboxEntry> = {}): OutboxEntry => ({
  write: { type: "pin", key, id: key, accountId: "acc-01", title: key, pinned: true },
  number,
  draft: null,
  submittedAt: 0,
  state: "sending",
  error: null,
  ...more,
});

test("the entries are in the order of their numbers, and the same array until something changes", async () => {
  const { queue } = await openQueue();
  queue.put(entry("b", 2));
  queue.put(entry("a", 1));
  const before = queue.entries;
  expect(before.map(({ write }) => write.key)).toEqual(["a", "b"]);
  queue.put({ ...(before[0] as OutboxEntry) });
  expect(queue.entries).toBe(before);
  queue.put({ ...(before[0] as OutboxEntry), state: "waiting" });
  expect(queue.entries).not.toBe(before);
  expect(queue.entries[1]).toBe(before[1]);
});

test("only what may still be accepted counts as pending", async () => {
  const { queue } = await openQueue();
  queue.put(entry("a", 1));
  queue.put(entry("b", 2, { state: "waiting" }));
  queue.put(entry("c", 3, { state: "failed", error: new Error("no") }));
  expect(queue.pending).toBe(2);
});

test("an entry is read back by the next page: what was pending waits, what failed says why", async () => {
  const { queue, storage } = await openQueue();
  const problem = { title: "No", status: 422, field: "/title" };
  const conflict = { field: "name", base: "Old", theirs: "Theirs", mine: "Mine" };
  queue.put(entry("a", 1));
  queue.put(entry("b", 2, { state: "failed", error: new ApiError("no", 422, problem) }));
  const theirs = { version: 7, fields: { name: "Theirs" } };
  queue.put(entry("c", 3, { state: "conflict", error: new ConflictError([conflict], theirs) }));
  queue.put(entry("d", 4));
  queue.remove("d");
  await storage.flush();
  queue.close();

  const next = await openQueue();
  const read = await next.queue.readStored();
  expect(read.map(({ write, state }) => `${write.key} ${state}`)).toEqual([
    "a waiting",
    "b failed",
    "c conflict",
  ]);
  expect(read[1]?.error).toMatchObject({ name: "ApiError", status: 422, problem });
  expect(read[2]?.error).toMatchObject({ name: "ConflictError", conflicts: [conflict], theirs });
});

test("what is known here is not read again, and junk in the storage is passed over", async () => {
  await store.write("one", "Tab A", [
    { kind: "writes", name: "junk", value: { write: { type: "drop table" } } },
    { kind: "writes", name: "null", value: null },
  ]);
  const { queue, storage } = await openQueue();
  queue.put(entry("a", 1));
  await storage.flush();
  expect(await queue.readStored()).toEqual([]);
});

test("a queue that is closed holds nothing in memory, and leaves the disk as it is", async () => {
  const { queue, storage } = await openQueue();
  queue.put(entry("a", 1));
  await storage.flush();
  queue.close();
  queue.remove("a");
  queue.put(entry("b", 2));
  await storage.flush();
  expect(queue.entries).toEqual([]);
  expect([...(await storage.read("writes")).keys()]).toEqual(["a"]);
});

test("the numbers go on from the highest that is on disk", async () => {
  const { queue, storage } = await openQueue();
  queue.put(entry("a", queue.nextNumber()));
  queue.put(entry("b", queue.nextNumber()));
  await storage.flush();
  queue.close();
  const next = await openQueue();
  const read = await next.queue.readStored();
  expect(read.map(({ number }) => number)).toEqual([1, 2]);
  expect(next.queue.nextNumber()).toBe(3);
});

test("what another tab left comes after all that was asked for here, in its own order", async () => {
  const { queue, storage } = await openQueue();
  const other = createQueue(await openTabStorage({ store, sessionId: "one", tab: "Tab B" }));
  for (const key of ["b1", "b2", "b3"]) other.put(entry(key, other.nextNumber()));
  for (const key of ["a1", "a2"]) queue.put(entry(key, queue.nextNumber()));
  await new Promise((resolve) => setTimeout(resolve));
  await storage.adopt("Tab B");
  for (const each of await queue.readStored()) queue.put(each);
  queue.put(entry("a3", queue.nextNumber()));
  const order = ["a1", "a2", "b1", "b2", "b3", "a3"];
  expect(queue.entries.map(({ write }) => write.key)).toEqual(order);
  await storage.flush();
  queue.close();
  const next = await openQueue();
  expect((await next.queue.readStored()).map(({ write }) => write.key)).toEqual(order);
});

test("what an earlier version of the app left has no number, and is ordered by its time", async () => {
  const stored = (key: string, submittedAt: number) => {
    const { write } = entry(key, 0);
    return { kind: "writes", name: key, value: { write, submittedAt, failure: null } } as const;
  };
  await store.write("one", "Tab A", [stored("b", 2), stored("a", 1)]);
  const { queue } = await openQueue();
  const read = await queue.readStored();
  expect(read.map(({ write, number }) => `${write.key} ${number}`)).toEqual(["a 1", "b 2"]);
});
