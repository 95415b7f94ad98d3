import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createMemoryStore } from "./memory-store.ts";
import type { Item, PersistentStore } from "./persistent-store.ts";
import { openTabStorage } from "./tab-storage.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const day = 86_400_000;

test("answers older than a day are neither read nor kept for ever; what the user did is", async () => {
  const store = createMemoryStore();
  const before = await openTabStorage({ store, sessionId: "one", tab: "Tab A" });
  before.put({ kind: "cache", name: "q", value: 1 });
  before.put({ kind: "writes", name: "w", value: 2 });
  before.put({ kind: "drafts", name: "d", value: 3 });
  await before.flush();

  vi.setSystemTime(Date.now() + day - 1);
  const after = await openTabStorage({ store, sessionId: "one", tab: "Tab A" });
  expect(await after.read("cache")).toEqual(new Map([["q", 1]]));
  vi.setSystemTime(Date.now() + 2);
  expect(await after.read("cache")).toEqual(new Map());
  expect(await after.read("writes")).toEqual(new Map([["w", 2]]));
  expect(await after.read("drafts")).toEqual(new Map([["d", 3]]));
  expect(await after.count("cache")).toBe(1);
  await after.prune();
  expect(await after.count("cache")).toBe(0);
});

/** A disk of which each write with such an item fails. */
function createFullDisk(isRefused: (item: Item) => boolean) {
  const disk = createMemoryStore();
  const refusing = { isRefused };
  const store: PersistentStore = {
    ...disk,
    async write(session, tab, items) {
      if (items.some((item) => refusing.isRefused(item)))
        throw new DOMException("The disk is full", "QuotaExceededError");
      return disk.write(session, tab, items);
    },
  };
  return { disk, store, refusing };
}

const open = (store: PersistentStore, isCurrent = () => true) =>
  openTabStorage({ store, sessionId: "one", tab: "Tab A", isCurrent });
const pin = (name: string, value?: unknown) => ({ kind: "writes", name, value }) as const;

describe("when the disk takes no more", () => {
  test("what is deleted is deleted on disk all the same, and does not come back", async () => {
    const { disk, store } = createFullDisk(({ value }) => value === "new");
    const storage = await open(store);
    storage.put(pin("sent", "old"));
    await storage.flush();
    storage.put(pin("more", "new"));
    await storage.flush();
    expect(storage.trouble).toBe("The disk is full");
    // Also in one task with one that fails.
    storage.put(pin("sent"));
    storage.put(pin("another", "new"));
    await storage.flush();
    expect(await disk.read("writes", "Tab A")).toEqual(new Map());
    expect(await storage.read("writes")).toEqual(
      new Map([
        ["more", "new"],
        ["another", "new"],
      ]),
    );
    expect(await storage.count("writes")).toBe(2);
    storage.close();
  });

  test("a deletion that fails is tried again until it is done", async () => {
    const { disk, store, refusing } = createFullDisk(() => false);
    const storage = await open(store);
    storage.put(pin("sent", 1));
    await storage.flush();
    refusing.isRefused = () => true;
    storage.put(pin("sent"));
    await storage.flush();
    expect(storage.trouble).not.toBeNull();
    refusing.isRefused = () => false;
    await vi.advanceTimersByTimeAsync(5000);
    expect(await disk.count("writes")).toBe(0);
    expect(storage.trouble).toBeNull();
    storage.close();
  });

  test("one value that cannot be stored keeps no other from the disk", async () => {
    const { disk, store, refusing } = createFullDisk(({ value }) => value === "huge");
    const storage = await open(store);
    for (const [name, value] of [
      ["a", 1],
      ["b", "huge"],
      ["c", 3],
    ] as const)
      storage.put(pin(name, value));
    await storage.flush();
    expect([...(await disk.read("writes", "Tab A")).keys()]).toEqual(["a", "c"]);
    refusing.isRefused = () => false;
    await vi.advanceTimersByTimeAsync(5000);
    expect(await disk.count("writes")).toBe(3);
    expect(storage.trouble).toBeNull();
    storage.close();
  });

  test("query data gives way to what the user did, and stays as of its own head", async () => {
    const { disk, store } = createFullDisk(({ value }) => value === "big");
    const storage = await open(store);
    storage.put({ kind: "cache", name: "q", value: "big" });
    storage.put({ kind: "cache", name: "head", value: 7 });
    storage.put(pin("a", 1));
    await storage.flush();
    storage.put({ kind: "cache", name: "head", value: 8 });
    await storage.flush();
    expect(await disk.count("cache")).toBe(0);
    expect(await disk.count("writes")).toBe(1);
    expect(storage.trouble).toBeNull();
  });
});

describe("when the database is deleted under an open tab", () => {
  test("all that the tab holds is written anew, with nothing put meanwhile", async () => {
    const store = createMemoryStore();
    const before = await open(store);
    before.put(pin("read", 1));
    await before.flush();
    before.close();
    const storage = await open(store);
    await storage.read("writes");
    storage.put({ kind: "drafts", name: "d", value: "half a no" });
    storage.put(pin("done", 2));
    storage.put(pin("done"));
    await storage.flush();
    store.clear();
    await storage.flush();
    expect(await store.read("writes", "Tab A")).toEqual(new Map([["read", 1]]));
    expect(await store.read("drafts", "Tab A")).toEqual(new Map([["d", "half a no"]]));
    expect(storage.trouble).toBeNull();
    storage.close();
  });

  test("it is noticed at the next write where the browser told of nothing", async () => {
    const disk = createMemoryStore();
    const storage = await open({ ...disk, subscribe: () => () => {} });
    storage.put(pin("before", 1));
    await storage.flush();
    disk.clear();
    storage.put(pin("after", 2));
    await storage.flush();
    expect([...(await disk.read("writes", "Tab A")).keys()].sort()).toEqual(["after", "before"]);
    storage.close();
  });

  test("and cannot be built anew, nothing is kept, and that is said until it can", async () => {
    const disk = createMemoryStore();
    let isBroken = false;
    const store: PersistentStore = {
      ...disk,
      async enter(session, entering) {
        if (isBroken) throw new Error("Internal error");
        await disk.enter(session, entering);
      },
    };
    const storage = await open(store);
    storage.put(pin("a", 1));
    await storage.flush();
    isBroken = true;
    disk.clear();
    await storage.flush();
    expect(storage.trouble).toBe("Internal error");
    isBroken = false;
    await vi.advanceTimersByTimeAsync(5000);
    expect(storage.trouble).toBeNull();
    expect(await disk.count("writes")).toBe(1);
    storage.close();
  });

  test("a session that is over writes nothing into what is new", async () => {
    const store = createMemoryStore();
    let isCurrent = true;
    const storage = await open(store, () => isCurrent);
    storage.put(pin("a", 1));
    await storage.flush();
    isCurrent = false;
    store.clear();
    await storage.flush();
    expect(await store.count("writes")).toBe(0);
    await store.enter("two");
    storage.put(pin("b", 2));
    await storage.flush();
    expect(await store.count("writes")).toBe(0);
    storage.close();
  });
});

test("storage that hangs at the start is given up for now, and used once it answers", async () => {
  const disk = createMemoryStore();
  let hangs = true;
  const store: PersistentStore = {
    ...disk,
    enter: (...args) => (hangs ? new Promise(() => {}) : disk.enter(...args)),
  };
  const opening = open(store);
  await vi.advanceTimersByTimeAsync(2000);
  const storage = await opening;
  expect(storage.trouble).toBe("Storage does not answer");
  storage.put(pin("a", 1));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await storage.count("writes")).toBe(1);
  hangs = false;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(storage.trouble).toBeNull();
  expect(await disk.count("writes")).toBe(1);
  storage.close();
});
