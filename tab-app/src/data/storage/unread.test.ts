import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createTrace, createVisibility } from "#sync";
import { createUnread } from "./unread.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The storage of one browser, whose tabs hear of each other's writes: at once, or so many milliseconds later. */
function createBrowser({ toldAfter = 0 } = {}) {
  const items = new Map<string, string>();
  const pages = new Set<EventTarget>();
  const session = { id: "s1" };
  let rev = 100;

  function storageOf(page: EventTarget): Storage {
    const tell = (key: string) => {
      const dispatch = () => {
        for (const other of pages)
          if (other !== page) other.dispatchEvent(Object.assign(new Event("storage"), { key }));
      };
      if (toldAfter > 0) setTimeout(dispatch, toldAfter);
      else dispatch();
    };
    return {
      get length() {
        return items.size;
      },
      key: (at) => [...items.keys()][at] ?? null,
      getItem: (key) => items.get(key) ?? null,
      setItem(key, value) {
        items.set(key, value);
        tell(key);
      },
      removeItem(key) {
        items.delete(key);
        tell(key);
      },
      clear: () => items.clear(),
    };
  }

  function openTab(tabId: string, userId: string | null = null) {
    const page = new EventTarget();
    pages.add(page);
    const trace = createTrace();
    const visibility = createVisibility();
    const sessionId = session.id;
    const unread = createUnread({
      sessionId,
      tabId,
      userId,
      isCurrent: () => session.id === sessionId,
      trace,
      head: () => rev,
      visibility,
      storage: storageOf(page),
      page,
    });
    const seen = vi.fn();
    unread.subscribe(seen);
    return { unread, trace, visibility, seen };
  }

  const tabs: ReturnType<typeof openTab>[] = [];
  /** A change that every tab is told of, some later than others. */
  async function change(
    id: string,
    {
      accountId = "acc-1",
      op = "update" as const,
      resource = "activities",
      origin = "far_1",
      apart = 20,
    } = {} as {
      accountId?: string;
      op?: "create" | "update" | "delete";
      resource?: string;
      origin?: string | undefined;
      /** Milliseconds from one tab to the next. */
      apart?: number;
    },
  ) {
    rev++;
    const parents = resource === "accounts" ? {} : { accountId };
    const base = { rev, version: rev, resource, id, op, parents };
    for (const [at, { trace }] of tabs.entries()) {
      await vi.advanceTimersByTimeAsync(at * apart);
      trace.add({ type: "change", path: "stream", change: { ...base, origin }, touched: [] });
    }
    await vi.advanceTimersByTimeAsync(1000);
  }
  return {
    items,
    session,
    change,
    open(tabId: string, userId?: string) {
      const tab = openTab(tabId, userId);
      tabs.push(tab);
      return tab;
    },
  };
}

test("a change by others marks its account and row, and opening the account in one tab clears it in all", async () => {
  const { open, change } = createBrowser();
  const [a, b] = [open("A_1"), open("B_2")];
  expect(a.unread.count).toBe(0);
  await change("act-1");
  await change("act-2");
  await change("acc-2", { resource: "accounts" });
  for (const { unread } of [a, b])
    expect([unread.count, unread.has("acc-1"), unread.has("acc-3")]).toEqual([2, true, false]);

  b.unread.look("acc-1");
  expect(b.unread.isNew("acc-1", "activities", "act-2")).toBe(true);
  expect(b.unread.isNew("acc-1", "activities", "act-3")).toBe(false);
  for (const { unread } of [a, b]) expect([unread.count, unread.has("acc-1")]).toEqual([1, false]);
  b.unread.look(null);
  b.unread.look("acc-1");
  expect(b.unread.isNew("acc-1", "activities", "act-2")).toBe(false);
});

test("what changes in view of one tab is unread in none, and out of view it is", async () => {
  const { open, change } = createBrowser();
  const [a, b] = [open("A_1"), open("B_2")];
  b.unread.look("acc-1");
  await change("act-1");
  expect([a.unread.count, b.unread.count, a.seen.mock.calls.length > 0]).toEqual([0, 0, true]);
  b.visibility.report("page", false);
  await change("act-2");
  expect([a.unread.count, b.unread.count]).toEqual([1, 1]);
  b.visibility.report("page", true);
  expect([a.unread.count, b.unread.isNew("acc-1", "activities", "act-2")]).toEqual([0, true]);
});

test("what is in view of one tab is marked in another not even for a moment", async () => {
  const { open, change } = createBrowser({ toldAfter: 100 });
  const [a, b] = [open("A_1"), open("B_2")];
  b.unread.look("acc-1");
  const counted = vi.fn();
  a.unread.subscribeCount(counted);
  await change("act-1");
  expect([counted.mock.calls.length, a.unread.count]).toEqual([0, 0]);
});

test.each([0, 100])(
  "what is in view is unread in none, also where another tab is told of it much sooner, storage %i ms late",
  async (toldAfter) => {
    const { open, change } = createBrowser({ toldAfter });
    const [a, b] = [open("A_1"), open("B_2")];
    b.unread.look("acc-1");
    await change("act-1", { apart: 5000 });
    expect([a.unread.count, b.unread.count]).toEqual([0, 0]);
    // One of them never hears of it: it has read the row anew.
    a.trace.add({
      type: "change",
      path: "stream",
      change: {
        ...{ rev: 200, version: 200, resource: "activities", id: "act-2", op: "update" },
        parents: { accountId: "acc-1" },
      },
      touched: [],
    });
    await vi.advanceTimersByTimeAsync(1000);
    expect([a.unread.count, b.unread.count]).toEqual([0, 0]);
  },
);

test("own writes are never unread: of this tab, of another one, of a page before the reload, on another machine", async () => {
  const { open, change } = createBrowser();
  const a = open("A_1_usr-1", "usr-1");
  open("B_2", "usr-1");
  for (const origin of ["A_1_usr-1", "B_2", "Far_9_usr-1"]) await change("act-1", { origin });
  expect(a.unread.count).toBe(0);
  const reloaded = open("A_3_usr-1", "usr-1");
  await change("act-1", { origin: "B_2" });
  await change("act-2", { origin: "Far_9_usr-2", accountId: "acc-2" });
  await change("act-3", { origin: undefined, accountId: "acc-3" });
  expect([reloaded.unread.count, reloaded.unread.has("acc-1")]).toEqual([2, false]);
});

test("a row that is gone is not unread, nor is an account", async () => {
  const { open, change } = createBrowser();
  const { unread } = open("A_1");
  await change("act-1", { op: "create" });
  await change("act-2", { accountId: "acc-2" });
  await change("act-1", { op: "delete" });
  expect([unread.has("acc-1"), unread.has("acc-2")]).toEqual([false, true]);
  await change("acc-2", { resource: "accounts", op: "delete" });
  expect(unread.count).toBe(0);
});

test("it outlives a reload and ends with the session, also for a tab that wakes after that", async () => {
  const { open, change, session, items } = createBrowser();
  const a = open("A_1");
  await change("act-1");
  expect(open("A_2").unread.has("acc-1")).toBe(true);
  session.id = "s2";
  a.unread.close();
  expect([...items.keys()]).toEqual([]);
  const late = open("A_3");
  a.unread.look("acc-1");
  expect([late.unread.count, [...items.keys()]]).toEqual([0, ["tandem-unread s2"]]);
});

test("a tab that ends its session late leaves the marks of the next one", async () => {
  const { open, change, session, items } = createBrowser();
  const a = open("A_1");
  session.id = "s2";
  const b = open("B_2");
  await change("act-1");
  a.unread.close();
  expect([...items.keys()]).toEqual(["tandem-unread s2"]);
  expect([b.unread.has("acc-1"), open("A_3").unread.has("acc-1")]).toEqual([true, true]);
});

test("out of view only the count is told, and what was kept from the marks is told in view", async () => {
  const { open, change } = createBrowser();
  const { unread, visibility, seen } = open("A_1");
  const counts = vi.fn();
  unread.subscribeCount(counts);
  visibility.report("page", false);
  seen.mockClear();
  await change("act-1");
  await change("act-2");
  expect([seen.mock.calls.length, counts.mock.calls.length]).toEqual([0, 1]);
  visibility.report("page", true);
  expect(seen).toHaveBeenCalledTimes(1);
});

test("a tab that finds another's mark in the storage before it is told of it counts it all the same", async () => {
  const { open, change } = createBrowser({ toldAfter: 100 });
  const tabs = [open("A_1"), open("B_2")];
  const counts = tabs.map(({ unread }) => {
    const counted: number[] = [];
    unread.subscribeCount(() => counted.push(unread.count));
    return counted;
  });
  await change("act-1");
  expect(counts).toEqual([[1], [1]]);
});

test("junk in the storage is nothing, and thousands of changes stay small", async () => {
  const { open, change, items } = createBrowser();
  const { unread } = open("A_1");
  items.set("tandem-unread s1", '{"own":7}');
  for (let at = 0; at < 300; at++) await change(`act-${at}`, { accountId: `acc-${at}` });
  for (let at = 0; at < 50; at++) await change(`act-${at}`, { accountId: "acc-299" });
  expect([unread.count, unread.has("acc-0"), unread.has("acc-299")]).toEqual([200, false, true]);
  expect(items.get("tandem-unread s1")?.length).toBeLessThan(20_000);
});
