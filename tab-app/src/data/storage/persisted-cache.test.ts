// @vitest-environment happy-dom
import { InfiniteQueryObserver, QueryClient, QueryObserver } from "@tanstack/react-query";
import { beforeEach, expect, test, vi } from "vitest";
import type { Activity } from "#contract/rows.ts";
import { effects, persistedKinds } from "#data/queries/queries.ts";
import { type Change, createChannel, createSync, createVisibility, type Revision } from "#sync";
import { createMemoryStore } from "./memory-store.ts";
import { connectPersistedCache, restoreCache } from "./persisted-cache.ts";
import { openTabStorage } from "./tab-storage.ts";

const activity = (id: string, version: number, more: Partial<Activity> = {}): Activity => ({
  id,
  accountId: "acc-1",
  kind: "note",
  title: id,
  at: `2026-11-${id}T09:00:00.000Z`,
  pinned: false,
  version,
  ...more,
});

/** A server with one account and two of its activities, and what was asked of it. */
function createServer() {
  const log: Change[] = [];
  const rows = new Map([
    ["02", activity("02", 2)],
    ["01", activity("01", 1)],
  ]);
  const asked: string[] = [];
  const head = (): Revision => ({ epoch: "e", rev: 10 + log.length });
  return {
    log,
    asked,
    head,
    reaches: true,
    account() {
      asked.push("account");
      const row = { id: "acc-1", name: "One", plan: "", status: "", notes: "", version: 1 };
      const pinnedCount = [...rows.values()].filter(({ pinned }) => pinned).length;
      return { row: { ...row, pinnedCount, activityCount: rows.size }, asOf: head() };
    },
    page() {
      asked.push("activity");
      return { rows: [...rows.values()], more: false, asOf: head() };
    },
    pin(id: string, origin?: string): Change {
      const rev = head().rev + 1;
      const row = { ...activity(id, rev), pinned: true };
      rows.set(id, row);
      const change: Change = {
        rev,
        resource: "activities",
        id,
        op: "update",
        version: rev,
        parents: { accountId: "acc-1" },
        row: { ...row },
        ...(origin && { origin }),
      };
      log.push(change);
      return change;
    },
  };
}

const store = { current: createMemoryStore() };
let server = createServer();

beforeEach(async () => {
  store.current = createMemoryStore();
  server = createServer();
});

async function openTab({ looks = true } = {}) {
  const storage = await openTabStorage({ store: store.current, sessionId: "one", tab: "Tab A" });
  const stored = await storage.read("cache");
  const kinds = persistedKinds;
  const queryClient = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
  const channel = createChannel({ name: "test", open: () => null });
  const sync = createSync({
    name: "test",
    tabId: "a",
    queryClient,
    channel,
    visibility: createVisibility(),
    effects,
    server: {
      openStream: () => () => {},
      async fetchChanges(since) {
        server.asked.push(`changes since ${since.rev}`);
        const changes = server.log.filter(({ rev }) => rev > since.rev);
        const reaches = server.reaches && since.rev <= server.head().rev;
        return { head: server.head(), changes: reaches ? changes : null };
      },
    },
  });
  if (restoreCache(queryClient, stored, kinds)) sync.catchUp("a reload");
  const undo = [
    connectPersistedCache({ queryClient, storage, stored, kinds, head: () => sync.head, delay: 0 }),
  ];
  const details = () =>
    queryClient.getQueryData<{ row: { pinnedCount: number } }>(["account", "acc-1"]);
  const feed = () =>
    queryClient.getQueryData<{ pages: { rows: Activity[] }[] }>(["activity", "acc-1"]);
  function look() {
    const account = new QueryObserver(queryClient, {
      queryKey: ["account", "acc-1"],
      queryFn: async () => server.account(),
    });
    const activities = new InfiniteQueryObserver(queryClient, {
      queryKey: ["activity", "acc-1"],
      queryFn: async () => server.page(),
      initialPageParam: null,
      getNextPageParam: () => undefined,
    });
    undo.push(
      account.subscribe(() => {}),
      activities.subscribe(() => {}),
    );
  }
  if (looks) look();
  return {
    sync,
    queryClient,
    details,
    feed,
    look,
    async settle() {
      await vi.waitFor(() => {
        expect(queryClient.isFetching()).toBe(0);
        expect(sync.head).not.toBeNull();
        const active = queryClient.getQueryCache().findAll({ type: "active" });
        expect(active.filter(({ state }) => state.isInvalidated)).toEqual([]);
      });
      // Longer than a change takes from memory to the disk.
      await new Promise((resolve) => setTimeout(resolve, 20));
      await storage.flush();
    },
    end() {
      for (const each of undo) each();
      sync.close();
      channel.close();
      queryClient.clear();
      storage.close();
    },
  };
}

test("what was read is shown again at once, and one question is all that is asked", async () => {
  const before = await openTab();
  await before.settle();
  before.end();
  server.asked.length = 0;

  const after = await openTab();
  expect(after.details()).toMatchObject({ row: { name: "One" } });
  expect(after.feed()?.pages[0]?.rows.map(({ id }) => id)).toEqual(["02", "01"]);
  await after.settle();
  expect(server.asked).toEqual(["changes since 10"]);
  after.end();
});

test("what changed meanwhile is patched or read, and the rest is left alone", async () => {
  const before = await openTab();
  await before.settle();
  before.end();
  server.pin("01");
  server.asked.length = 0;

  const after = await openTab();
  await after.settle();
  expect(server.asked).toEqual(["changes since 10", "account"]);
  expect(after.feed()?.pages[0]?.rows.map(({ pinned }) => pinned)).toEqual([false, true]);
  expect(after.details()?.row.pinnedCount).toBe(1);
  after.end();
});

test("a change that was applied before the reload is not asked for again", async () => {
  const before = await openTab();
  await before.settle();
  const change = server.pin("01", "a");
  before.sync.publish(server.head(), [change]);
  await before.settle();
  before.end();
  server.asked.length = 0;

  const after = await openTab();
  await after.settle();
  expect(server.asked).toEqual(["changes since 11"]);
  expect(after.feed()?.pages[0]?.rows[1]?.pinned).toBe(true);
  after.end();
});

test("what was stale at the end is stale at the beginning", async () => {
  const before = await openTab();
  await before.settle();
  before.end();
  const hidden = await openTab({ looks: false });
  hidden.sync.publish(server.head(), [server.pin("01", "other")]);
  await hidden.settle();
  hidden.end();
  server.asked.length = 0;

  const after = await openTab();
  await after.settle();
  expect(server.asked[0]).toBe("changes since 11");
  expect(after.details()?.row.pinnedCount).toBe(1);
  expect(after.feed()?.pages[0]?.rows[1]?.pinned).toBe(true);
  after.end();
});

test("where the log does not reach back everything in view is read again", async () => {
  const before = await openTab();
  await before.settle();
  before.end();
  server.pin("01");
  server.reaches = false;
  server.asked.length = 0;

  const after = await openTab();
  await after.settle();
  expect(server.asked.toSorted()).toEqual(["account", "activity", "changes since 10"]);
  after.end();
});

test("what claims to be newer than the server is read again", async () => {
  const before = await openTab();
  await before.settle();
  const forged = { ...server.pin("01"), row: { ...activity("01", 11), title: "forged" } };
  server.log.length = 0;
  before.sync.publish({ epoch: "e", rev: 11 }, [forged]);
  await vi.waitFor(async () => {
    const kept = await store.current.read("cache", "Tab A");
    expect(JSON.stringify([...kept])).toContain("forged");
  });
  before.end();

  const after = await openTab();
  await after.settle();
  expect(after.feed()?.pages[0]?.rows[1]?.title).toBe("01");
  after.end();
});

test.each([
  ["junk", "junk"],
  ["a row that does not fit", { data: { row: { id: 3 }, asOf: { epoch: "e", rev: 10 } } }],
  ["another version of the app", { version: 0 }],
  ["data without an as-of", { data: { row: { id: "acc-1" }, asOf: null } }],
  ["a kind of query that there is not", { queryKey: ["constructor"] }],
])("%s on disk is read from the server instead", async (_, junk) => {
  const before = await openTab();
  await before.settle();
  before.end();
  const name = '["account","acc-1"]';
  const good = (await store.current.read("cache", "Tab A")).get(name);
  const value = typeof junk === "string" ? junk : { ...(good as object), ...junk };
  await store.current.write("one", "Tab A", [{ kind: "cache", name, value }]);
  server.asked.length = 0;

  const after = await openTab();
  await after.settle();
  expect(server.asked.toSorted()).toEqual(["account", "changes since 10"]);
  after.end();
});

test("no more than a hundred queries of a tab are kept, those in use and the latest", async () => {
  const tab = await openTab();
  await tab.settle();
  for (let at = 0; at < 120; at++) {
    const asOf = server.head();
    const row = { ...server.account().row, id: `acc-${at}` };
    tab.queryClient.setQueryData(["account", `acc-${at}`], { row, asOf }, { updatedAt: at + 1 });
  }
  await tab.settle();
  const kept = await store.current.read("cache", "Tab A");
  expect(kept.size).toBe(101);
  expect(kept.has('["activity","acc-1"]')).toBe(true);
  expect(kept.has('["account","acc-119"]')).toBe(true);
  expect(kept.has('["account","acc-2"]')).toBe(false);
  tab.end();
});
