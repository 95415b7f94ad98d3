import "fake-indexeddb/auto";
import { deleteDB } from "idb";
import { describe, expect, test, vi } from "vitest";
import { createIndexedDbStore } from "./indexed-db-store.ts";
import { createMemoryStore } from "./memory-store.ts";
import type { PersistentStore } from "./persistent-store.ts";
import { openTabStorage } from "./tab-storage.ts";

let databases = 0;

interface Made {
  readonly store: PersistentStore;
  /** As the user can in the browser's settings. */
  readonly deleteAll: () => Promise<void> | void;
}

function createOnDisk(): Made {
  const name = `tandem ${databases++}`;
  return { store: createIndexedDbStore(name), deleteAll: () => deleteDB(name) };
}

function createInMemory(): Made {
  const store = createMemoryStore();
  return { store, deleteAll: store.clear };
}

const stores: readonly [string, () => Made][] = [
  ["IndexedDB", createOnDisk],
  ["memory", createInMemory],
];

describe.each(stores)("what is kept in %s", (_, create) => {
  async function entered(session = "one"): Promise<PersistentStore> {
    const { store } = create();
    await store.enter(session);
    return store;
  }
  const draft = (name: string, value: unknown) => ({ kind: "drafts", name, value }) as const;

  test("is read back by the tab that put it, and by no other", async () => {
    const store = await entered();
    expect(await store.write("one", "Tab A", [draft("x", { text: "half a no" })])).toBe("written");
    expect(await store.read("drafts", "Tab A")).toEqual(new Map([["x", { text: "half a no" }]]));
    expect(await store.read("drafts", "Tab")).toEqual(new Map());
    expect(await store.read("drafts", "Tab B")).toEqual(new Map());
    expect(await store.read("writes", "Tab A")).toEqual(new Map());
  });

  test("survives the same session being entered again", async () => {
    const store = await entered();
    await store.write("one", "Tab A", [draft("x", 1)]);
    await store.enter("one");
    expect(await store.count("drafts")).toBe(1);
  });

  test("is gone when another session begins, and the former can put nothing any more", async () => {
    const store = await entered();
    await store.write("one", "Tab A", [draft("x", 1), { kind: "cache", name: "q", value: 2 }]);
    await store.enter("two");
    expect(await store.write("one", "Tab A", [draft("late", 1)])).toBe("refused");
    await store.adopt("one", "Tab A", "Tab B");
    for (const kind of ["cache", "writes", "drafts"] as const)
      expect(await store.count(kind)).toBe(0);
  });

  test("is sealed for a user whom a provider vouches for, and theirs again in their next session", async () => {
    const { store } = create();
    await store.enter("one", { userId: "usr 1" });
    await store.write("one", "Tab A", [
      draft("x", "typed"),
      { kind: "cache", name: "q", value: 2 },
    ]);
    await store.write("one", "Tab A", [{ kind: "writes", name: "w", value: 1 }]);
    await store.enter("signed out");
    const tabsAndCounts = async () => [
      await store.count("drafts"),
      await store.count("writes"),
      [...(await store.tabs("drafts"))],
    ];
    expect(await tabsAndCounts()).toEqual([0, 0, []]);
    await store.enter("two", { userId: "usr" });
    expect(await tabsAndCounts()).toEqual([0, 0, []]);
    await store.write("two", "Tab A", [draft("x", "of another")]);
    await store.enter("three", { userId: "usr 1" });
    expect(await store.read("drafts", "Tab A")).toEqual(new Map([["x", "typed"]]));
    expect(await store.count("writes")).toBe(1);
    expect(await store.count("cache")).toBe(0);
    await store.enter("four", { userId: "usr" });
    expect(await store.read("drafts", "Tab A")).toEqual(new Map([["x", "of another"]]));
  });

  test("is kept where the same user signs in again, and deleted where they discarded it", async () => {
    const { store } = create();
    await store.enter("one", { userId: "usr" });
    await store.write("one", "Tab A", [draft("x", "typed")]);
    await store.enter("two", { userId: "usr" });
    expect(await store.count("drafts")).toBe(1);
    await store.enter("out", { discards: true });
    await store.enter("three", { userId: "usr" });
    expect(await store.count("drafts")).toBe(0);
  });

  test("is forgotten where an item has no value", async () => {
    const store = await entered();
    await store.write("one", "Tab A", [draft("x", 1), draft("y", 2)]);
    await store.write("one", "Tab A", [{ kind: "drafts", name: "x" }]);
    expect([...(await store.read("drafts", "Tab A")).keys()]).toEqual(["y"]);
  });

  test("goes to the tab that adopts it, once, and never over its own", async () => {
    const store = await entered();
    await store.write("one", "Tab A", [draft("x", "of A"), draft("y", "of A")]);
    await store.write("one", "Tab A", [{ kind: "writes", name: "w", value: 1 }]);
    await store.write("one", "Tab B", [draft("y", "of B")]);
    await Promise.all([store.adopt("one", "Tab A", "Tab B"), store.adopt("one", "Tab A", "Tab C")]);
    expect(await store.read("drafts", "Tab B")).toEqual(
      new Map([
        ["x", "of A"],
        ["y", "of B"],
      ]),
    );
    expect(await store.count("writes")).toBe(1);
    expect(await store.count("drafts")).toBe(3);
    expect(await store.tabs("writes")).toEqual(new Set(["Tab B"]));
  });

  test("is read as far back as asked", async () => {
    const store = await entered();
    await store.write("one", "Tab A", [draft("x", 1)]);
    expect((await store.read("drafts", "Tab A", Date.now() - 1000)).size).toBe(1);
    expect((await store.read("drafts", "Tab A", Date.now() + 1000)).size).toBe(0);
  });

  test("is pruned by its age", async () => {
    const store = await entered();
    await store.write("one", "Tab A", [draft("x", 1)]);
    await store.prune("drafts", Date.now() - 1000);
    expect(await store.count("drafts")).toBe(1);
    await store.prune("drafts", Date.now() + 1000);
    expect(await store.count("drafts")).toBe(0);
  });

  test("is known to be gone where the user deleted it, and the storage can be entered anew", async () => {
    const { store, deleteAll } = create();
    const lost = vi.fn();
    store.subscribe(lost);
    await store.enter("one");
    await store.write("one", "Tab A", [draft("x", 1)]);
    expect(lost).not.toHaveBeenCalled();
    await deleteAll();
    expect(lost).toHaveBeenCalledOnce();
    expect(await store.write("one", "Tab A", [draft("y", 2)])).toBe("emptied");
    await store.enter("one", { ifNone: true });
    expect(await store.write("one", "Tab A", [draft("y", 2)])).toBe("written");
    expect([...(await store.read("drafts", "Tab A")).keys()]).toEqual(["y"]);
  });

  test("is not cleared by a session that enters only where there is none", async () => {
    const store = await entered("two");
    await store.write("two", "Tab A", [draft("x", 1)]);
    await store.enter("one", { ifNone: true });
    expect(await store.write("one", "Tab A", [draft("y", 2)])).toBe("refused");
    expect(await store.count("drafts")).toBe(1);
  });
});

test("a database that is deleted under an open tab is there again at the reload, with all its work", async () => {
  const { store, deleteAll } = createOnDisk();
  const open = () => openTabStorage({ store, sessionId: "one", tab: "Tab A" });
  const tab = await open();
  tab.put({ kind: "drafts", name: "before", value: 1 });
  await tab.flush();
  await deleteAll();
  tab.put({ kind: "writes", name: "after", value: 2 });
  await tab.flush();
  expect(tab.trouble).toBeNull();
  tab.close();
  const reloaded = await open();
  expect(await reloaded.read("drafts")).toEqual(new Map([["before", 1]]));
  expect(await reloaded.read("writes")).toEqual(new Map([["after", 2]]));
  reloaded.close();
});
