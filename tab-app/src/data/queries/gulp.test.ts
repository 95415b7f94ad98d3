import { InfiniteQueryObserver, QueryClient, QueryObserver } from "@tanstack/react-query";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Activity } from "#contract/rows.ts";
import { type Change, createEmitter, createSync, createVisibility, type StreamEvent } from "#sync";
import { accountQuery } from "./account.ts";
import { allAccounts, toAccountsQuery } from "./account-filter.ts";
import { accountListQuery } from "./account-list.ts";
import { activityQuery } from "./activity.ts";
import type { QueryContext } from "./define-query.ts";
import { effects } from "./queries.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const close of closers.splice(0)) close();
  vi.useRealTimers();
});
const closers: (() => void)[] = [];
const quiet = (ms = 10_000) => vi.advanceTimersByTimeAsync(ms);

const start = 100;
const account = { id: "acc-1", name: "One", plan: "", status: "", notes: "", version: 1 };

function activity(number: number, version = 1, more: Partial<Activity> = {}): Activity {
  const at = new Date(Date.UTC(2026, 0, 1) - number * 60_000).toISOString();
  const row = { id: `act-${number}`, accountId: "acc-1", kind: "note", title: `${number}`, at };
  return { ...row, pinned: false, version, ...more };
}

/** The change that pins or unpins one of the rows of the feed, or moves it there. */
function pin(rev: number, number: number, more: Partial<Activity> = {}): Change {
  return {
    rev,
    version: rev,
    resource: "activities",
    id: `act-${number}`,
    op: "update",
    parents: { accountId: "acc-1" },
    row: { ...activity(number, rev, { pinned: rev % 2 === 0, ...more }) },
    derived: { "accounts/acc-1": { pinnedCount: rev % 7, activityCount: 50 } },
  };
}

const pins = (count: number) =>
  Array.from({ length: count }, (_, at) => pin(start + 1 + at, at % 50));

/** A tab that shows the accounts, one account, and its feed, and what the server knows. */
async function openTab(pages = 2) {
  const queryClient = new QueryClient();
  const server = { changes: [] as readonly Change[], asked: 0, reads: 0 };
  const head = () => ({ epoch: "e", rev: start + server.changes.length });
  const received = createEmitter<unknown>();
  const visibility = createVisibility();
  let say: (event: StreamEvent) => void = () => {};
  const sync = createSync({
    name: "tandem",
    queryClient,
    effects,
    visibility,
    channel: { available: true, post() {}, subscribe: received.subscribe, close() {} },
    locks: { request: (_, __, hold) => hold({}), query: async () => ({ held: [] }) },
    server: {
      async fetchChanges(since) {
        server.asked++;
        return { head: head(), changes: server.changes.filter(({ rev }) => rev > since.rev) };
      },
      openStream(_, listener) {
        say = listener;
        listener({ type: "open", head: head() });
        return () => {};
      },
    },
  });
  const api: QueryContext["api"] = {
    keepsLog: true,
    async get(path, schema) {
      server.reads++;
      const isFeed = path.startsWith("/activities");
      const { searchParams } = new URL(`http://x${path}`);
      const all = Array.from({ length: 50 }, (_, at) => activity(at));
      const older = all.filter((row) => row.at <= (searchParams.get("at_lte") ?? "9"));
      const rows = older.slice(0, Number(searchParams.get("_limit")));
      const value = isFeed ? rows : path.startsWith("/accounts?") ? [account] : account;
      return { value: schema.parse(value), asOf: head(), total: isFeed ? older.length : 1 };
    },
  };
  const context = { api, isLive: () => true };
  const feed = new InfiniteQueryObserver(queryClient, activityQuery(context, "acc-1"));
  const observers = [
    new InfiniteQueryObserver(queryClient, accountListQuery(context, toAccountsQuery(allAccounts))),
    new QueryObserver(queryClient, accountQuery(context, "acc-1")),
    feed,
  ];
  const stop = observers.map((observer) => observer.subscribe(() => {}));
  await quiet(100);
  for (let page = 1; page < pages; page++) await feed.fetchNextPage();
  server.reads = 0;
  const writes = new Map<string, number>();
  queryClient.getQueryCache().subscribe((event) => {
    const { queryHash } = event.query;
    if (event.type === "updated" && event.action.type === "setState")
      writes.set(queryHash, (writes.get(queryHash) ?? 0) + 1);
  });
  const close = () => {
    for (const each of stop) each();
    sync.close();
    queryClient.clear();
  };
  closers.push(close);
  return {
    sync,
    queryClient,
    visibility,
    server,
    writes,
    close,
    stream: (changes: readonly Change[]) => say({ type: "changes", epoch: "e", changes }),
    message: (...changes: readonly Change[]) =>
      received.emit({ tandem: 1, from: "b", type: "changes", epoch: "e", changes }),
    /** What is shown. At which page a row stands that left the loaded ones and came back is not. */
    shown: () => observers.map((observer) => rowsOf(observer.getCurrentResult().data)),
  };
}

function rowsOf(data: unknown): unknown {
  const { pages } = (data ?? {}) as { pages?: readonly { readonly rows: readonly unknown[] }[] };
  return pages?.flatMap(({ rows }) => rows) ?? data;
}

const most = (writes: ReadonlyMap<string, number>) => Math.max(0, ...writes.values());

test("20,000 changes, each by a message of its own, change a query at most a dozen times, and cost one question", async () => {
  const tab = await openTab(20);
  const gulp = pins(20_000);
  for (const change of gulp) tab.message(change);
  tab.server.changes = gulp.slice(-10);
  expect(most(tab.writes)).toBe(1);
  await quiet();
  expect(most(tab.writes)).toBeLessThanOrEqual(12);
  expect(tab.server.asked).toBe(1);
  expect(tab.sync.status).toBe("live");
});

test("2,000 changes are worked off without a question, each slice by one change of each query", async () => {
  const tab = await openTab();
  const gulp = pins(2000);
  tab.server.changes = gulp;
  for (let at = 0; at < 2000; at += 200) tab.stream(gulp.slice(at, at + 200));
  await quiet();
  expect(most(tab.writes)).toBe(10);
  expect([tab.server.asked, tab.server.reads]).toEqual([0, 0]);
  expect(tab.sync.head?.rev).toBe(start + 2000);
});

test("an answer that brings 20,000 changes is worked off in slices, behind the status", async () => {
  const tab = await openTab();
  tab.server.changes = pins(20_000);
  tab.sync.catchUp("a sleep");
  await quiet(0);
  expect(tab.sync.head?.rev).toBe(start + 200);
  expect(tab.sync.status).toBe("syncing");
  await quiet();
  expect(tab.sync.head?.rev).toBe(start + 20_000);
  expect(tab.sync.status).toBe("live");
  expect(most(tab.writes)).toBe(100);
  expect([tab.server.asked, tab.server.reads]).toEqual([1, 0]);
});

test("a tab does not say that it is up to date while changes wait, nor while dropped ones were not asked for", async () => {
  const tab = await openTab();
  const seen: string[] = [];
  for (const change of pins(2100)) tab.message(change);
  for (let frame = 0; frame < 60 && tab.server.asked === 0; frame++) {
    seen.push(tab.sync.status);
    await quiet(16);
  }
  expect(new Set(seen)).toEqual(new Set(["syncing"]));
  expect(tab.server.asked).toBe(1);
  await quiet();
  expect(tab.sync.status).toBe("live");
});

test("a tab that is closed in the middle applies nothing more, and keeps no timer", async () => {
  const tab = await openTab();
  tab.stream(pins(1000));
  const before = tab.sync.head?.rev;
  tab.close();
  expect(vi.getTimerCount()).toBe(0);
  await quiet();
  expect(before).toBe(start + 200);
  expect(tab.sync.head?.rev).toBe(before);
});

test("a tab that is hidden in the middle marks what is left, and neither reads nor patches", async () => {
  const tab = await openTab();
  tab.server.changes = pins(1000);
  tab.stream(tab.server.changes);
  tab.visibility.report("page", false);
  expect(tab.sync.head?.rev).toBe(start + 1000);
  await quiet();
  expect(tab.server.reads).toBe(0);
  expect(most(tab.writes)).toBe(1);
  const stale = tab.queryClient.getQueryCache().findAll({ stale: true });
  expect(stale.map(({ queryKey }) => queryKey[0])).toEqual(["activity", "account"]);
});

test("changes in one gulp leave what they leave one by one", async () => {
  // Of the rows above the last one loaded: one that leaves the loaded rows is not known when it comes back.
  const change = fc.record({
    number: fc.nat(15),
    to: fc.option(fc.nat(18)),
    op: fc.constantFrom<Change["op"]>("update", "update", "update", "create", "delete"),
  });
  const all = fc.array(change, { minLength: 2, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(all, async (drawn) => {
      const changes = drawn.map(({ number, to, op }, at): Change => {
        const moved = to === null ? {} : { at: activity(to).at };
        const { row, ...rest } = pin(start + 1 + at, number, moved);
        return { ...rest, op, ...(op !== "delete" && row && { row }) };
      });
      const [together, single] = [await openTab(), await openTab()];
      together.message(...changes);
      for (const each of changes) {
        single.message(each);
        await quiet(16);
      }
      expect(together.shown()).toEqual(single.shown());
      for (const close of closers.splice(0)) close();
    }),
    { numRuns: 60 },
  );
});
