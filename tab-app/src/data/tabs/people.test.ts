import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { PresenceReport, Present } from "#contract/presence.ts";
import { createVisibility } from "#sync";
import { createPeople } from "./people.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const present = (tabId: string, more: Partial<Present> = {}): Present => ({
  tabId,
  windowId: "w2",
  userId: "usr-2",
  accountId: "acc-1",
  isEditing: false,
  ...more,
});

/** One tab, on a server that answers with what is set. */
function createTab() {
  const visibility = createVisibility();
  const listeners = new Set<(value: unknown) => void>();
  const sent: unknown[] = [];
  const reports: PresenceReport[] = [];
  const server = { list: "l1", seq: 1, all: [] as Present[], isReached: true };
  const people = createPeople({
    tabId: "Tab-A_1",
    windowId: "w1",
    userId: "usr-1",
    visibility,
    isOffered: () => server.isReached,
    async post(report) {
      reports.push(report);
      const { list, seq, all } = server;
      const isKnown = report.known === `${list}.${seq}`;
      const { known: _, accountId, ...own } = report;
      const own1 = accountId === null ? [] : [{ ...own, accountId }];
      return isKnown ? { list, seq } : { list, seq, all: [...all, ...own1] };
    },
    channel: {
      post: (value) => void sent.push(value),
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  });
  const changes = vi.fn();
  people.subscribe(changes);
  return {
    people,
    visibility,
    server,
    reports,
    sent,
    changes,
    hear: (event: object) => {
      for (const listener of listeners) listener({ type: "present", event });
    },
    names: () => people.visitorsOf("acc-1").map(({ tabId }) => tabId),
  };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test("a tab reports where it is while it is in view, about every 8 s, and that it leaves", async () => {
  const { people, visibility, reports } = createTab();
  people.look("acc-1");
  await pass(24_500);
  expect(reports.map(({ accountId }) => accountId)).toEqual(["acc-1", "acc-1", "acc-1", "acc-1"]);
  visibility.report("page", false);
  await pass(60_000);
  expect(reports.slice(4).map(({ accountId }) => accountId)).toEqual([null]);
  visibility.report("page", true);
  await pass(300);
  expect(reports.at(-1)).toMatchObject({ accountId: "acc-1", isEditing: false });
});

test("what changes in one moment is one report: stepping through accounts, opening a form", async () => {
  const { people, reports } = createTab();
  for (const id of ["acc-3", "acc-2"]) people.look(id)();
  people.look("acc-1");
  people.edit("acc-1");
  await pass(1000);
  expect(reports).toMatchObject([{ accountId: "acc-1", isEditing: true }]);
});

test("it shows the others, and not itself, and follows what the channel and the stream bring", async () => {
  const { people, server, hear, names, sent, reports } = createTab();
  server.all = [present("b")];
  people.look("acc-1");
  await pass(300);
  expect(people.visitorsOf("acc-1")).toMatchObject([
    { tabId: "b", userId: "usr-2", isEditing: false, isSameWindow: false },
  ]);
  hear({ list: "l1", since: 1, seq: 2, changed: [present("c", { windowId: "w1" })], left: ["b"] });
  expect(people.visitorsOf("acc-1")).toMatchObject([{ tabId: "c", isSameWindow: true }]);
  const event = { list: "l1", since: 2, seq: 3, changed: [], left: ["c"] };
  people.receive(event);
  expect([names(), sent]).toEqual([[], [{ type: "present", event }]]);
  expect(reports).toHaveLength(1);
});

test("an event that repeats or comes late does nothing, and after a missed one all is read", async () => {
  const { people, server, hear, names, reports } = createTab();
  people.look("acc-1");
  await pass(300);
  hear({ list: "l1", since: 1, seq: 2, changed: [present("b")], left: [] });
  hear({ list: "l1", since: 0, seq: 1, changed: [], left: ["b"] });
  hear({ list: "l1", since: 1, seq: 2, changed: [], left: ["b"] });
  expect(names()).toEqual(["b"]);
  server.seq = 9;
  server.all = [present("z")];
  hear({ list: "l1", since: 8, seq: 9, changed: [present("z")], left: [] });
  expect(names()).toEqual(["b"]);
  await pass(300);
  expect([names(), reports.at(-1)?.known]).toEqual([["z"], undefined]);
});

test("a server that has restarted is told at once, and its list replaces the one before", async () => {
  const { people, server, hear, names, reports } = createTab();
  server.all = [present("b")];
  people.look("acc-1");
  await pass(300);
  server.list = "l2";
  server.all = [];
  hear({ list: "l2", seq: 0, all: [] });
  expect(names()).toEqual([]);
  await pass(100);
  expect(reports).toHaveLength(2);
});

test("without a word of the server for 20 s nobody is shown, and nothing is sent to one that is not reached", async () => {
  const { people, server, names, reports } = createTab();
  server.all = [present("b")];
  people.look("acc-1");
  await pass(300);
  server.isReached = false;
  await pass(21_000);
  expect([names(), reports.length]).toEqual([[], 1]);
  server.isReached = true;
  await pass(2500);
  expect(names()).toEqual(["b"]);
});

test("out of view nothing is shown anew, and a list that did not change is no render", async () => {
  const { people, server, visibility, hear, changes, names } = createTab();
  server.all = [present("b")];
  people.look("acc-1");
  await pass(60_000);
  expect(changes).toHaveBeenCalledTimes(1);
  visibility.report("page", false);
  hear({ list: "l1", since: 1, seq: 2, changed: [present("c")], left: [] });
  await pass(60_000);
  expect(changes).toHaveBeenCalledTimes(1);
  visibility.report("page", true);
  await pass(300);
  expect(names()).toEqual(["b"]);
});

test("junk and floods on the channel change nothing, and a closed tab sends its leave only", async () => {
  const { people, hear, names, reports } = createTab();
  people.look("acc-1");
  await pass(300);
  const many = Array.from({ length: 501 }, (_, at) => present(`t${at}`));
  for (const event of [
    {},
    { list: 7 },
    { list: "l1", seq: 2, all: many },
    { list: "l1", seq: 2, all: [{}] },
  ])
    hear(event);
  people.receive("junk");
  expect(names()).toEqual([]);
  people.close();
  await pass(60_000);
  expect(reports.map(({ accountId }) => accountId)).toEqual(["acc-1", null]);
});
