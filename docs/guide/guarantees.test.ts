import { readFileSync } from "node:fs";
import { join } from "node:path";
import { environmentManager, focusManager, onlineManager } from "@tanstack/query-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestBrowser, type TestBrowser } from "#sync/testing";
import { createNotesServer, type Level, levels } from "./testing/levels.ts";
import { age, startApp } from "./testing/notes-app.ts";

type World = ReturnType<typeof createWorld>;

const worlds: TestBrowser[] = [];
const isServer = environmentManager.isServer();
beforeEach(() => environmentManager.setIsServer(() => false));
afterEach(() => {
  for (const browser of worlds.splice(0)) browser.close();
  environmentManager.setIsServer(() => isServer);
});

function createWorld(level: Level) {
  const server = createNotesServer(level);
  const lost = { messages: false };
  const browser = createTestBrowser({
    server: server.answer,
    faults: { hits: (fault) => fault === "dropped" && lost.messages, delay: () => 1 },
    singletons: [focusManager, onlineManager],
  });
  worlds.push(browser);

  async function pass(ms: number) {
    for (let left = ms; left > 0; left -= 5_000) {
      server.ping();
      await browser.pass(Math.min(left, 5_000));
    }
  }
  return {
    level,
    server,
    browser,
    lost,
    pass,
    open: (ids?: readonly string[]) => browser.openTab(() => startApp(level, ids)),
    async openTwo(ids?: readonly string[]) {
      const tabs = [this.open(ids), this.open(ids)] as const;
      await pass(1_000);
      return tabs;
    },
    reads: (id = "1") =>
      browser.network.requests.filter(
        ({ method, path }) => method === "GET" && path === `/notes/${id}`,
      ).length,
  };
}

/** What each cell of the table says, and what shows it. */
interface Cell {
  readonly says: string;
  readonly holds: (world: World) => Promise<void>;
}
type Row = Readonly<Record<Level, Cell>>;

const everywhere = (says: string, holds: Cell["holds"]): Row =>
  Object.fromEntries(levels.map((level) => [level, { says, holds }])) as Row;
const withoutLog = (says: string, holds: Cell["holds"]) => ({
  validators: { says, holds },
  "neither: by age": { says, holds },
});

const readsAfterWrite = (expected: readonly number[]) => async (world: World) => {
  const [a, b] = await world.openTwo();
  const before = world.reads();
  void a.run((app) => app.rename("new"));
  await world.pass(100);
  expect([a.app.title(), b.app.title()]).toEqual(["new", "new"]);
  await world.pass(1_000);
  expect(expected).toContain(world.reads() - before);
};

/** An older row arrives after a newer one. Returns the titles that are rendered from then on. */
async function receiveOlder(world: World) {
  const [a, b] = await world.openTwo();
  void a.run((app) => app.rename("newer"));
  await world.pass(1_000);
  expect(b.app.title()).toBe("newer");
  const { length } = b.app.shown();
  const change = { resource: "notes", id: "1", op: "update", row: { id: "1", title: "older" } };
  const logged = {
    type: "changes",
    epoch: "e",
    changes: [{ ...change, rev: 0, version: 0, parents: {} }],
  };
  const plain = { type: "unlogged", changes: [change] };
  const body = world.level === "a change log" ? logged : plain;
  world.browser.inject("notes", { notes: 1, from: "c", ...body });
  await world.pass(20);
  return { tab: b, shown: () => b.app.shown().slice(length) };
}

const madeUpAtAge = async (world: World) => {
  const [a, b] = await world.openTwo();
  world.lost.messages = true;
  void a.run((app) => app.rename("new"));
  await world.pass(1_000);
  expect(b.app.title()).toBe("old");
  await world.pass(age);
  expect(b.app.title()).toBe("new");
};

const shownAtAge = async (world: World) => {
  const [a, b] = await world.openTwo();
  world.server.write("1", "outside");
  await world.pass(1_000);
  expect([a.app.title(), b.app.title()]).toEqual(["old", "old"]);
  await world.pass(age);
  expect([a.app.title(), b.app.title()]).toEqual(["outside", "outside"]);
};

const whileNothingChanges =
  (answer: { status: number; hasBody: boolean }) => async (world: World) => {
    const tab = world.open();
    await world.pass(1_000);
    const first = world.server.answers.length;
    await world.pass(3 * age);
    const later = world.server.answers.slice(first);
    expect(later).toHaveLength(3);
    for (const { status, size } of later)
      expect([status, size > 0]).toEqual([answer.status, answer.hasBody]);
    expect(tab.app.shown()).toEqual(["old"]);
  };

const ofThisBrowser = async (world: World) => {
  const a = world.open();
  await world.pass(1_000);
  const release = world.server.hold();
  // The first load is answered late.
  const loading = world.open();
  await world.pass(50);
  void a.run((app) => app.rename("new"));
  await world.pass(50);
  release();
  await world.pass(1_000);
  expect(loading.app.title()).toBe("new");

  // So is a later one, and the tab is out of view by then.
  const again = world.server.hold();
  loading.run((app) => app.refetch());
  await world.pass(50);
  loading.hide();
  void a.run((app) => app.rename("newer"));
  await world.pass(50);
  again();
  await world.pass(1_000);
  loading.show();
  await world.pass(1_000);
  expect(loading.app.title()).toBe("newer");
};

/** The tab sleeps for so long, and misses a write from elsewhere. */
async function sleepThrough(
  world: World,
  tab: ReturnType<World["open"]>,
  ms: number,
  title: string,
) {
  tab.freeze();
  world.server.write("1", title);
  await world.pass(ms);
  tab.wake({ lose: true });
  tab.show();
  await world.pass(1_000);
}

const readIfOld = async (world: World) => {
  const tab = world.open();
  await world.pass(1_000);
  await sleepThrough(world, tab, age / 2, "in a nap");
  expect(tab.app.title()).toBe("old");
  await world.pass(age);
  await sleepThrough(world, tab, 2 * age, "in a sleep");
  expect(tab.app.title()).toBe("in a sleep");
};

const doesNotKnow = async (world: World) => {
  const tab = world.open();
  await world.pass(1_000);
  world.server.write("1", "outside");
  await world.pass(1_000);
  expect([tab.app.title(), tab.app.sync.status]).toEqual(["old", "live"]);
};

const rows: Readonly<Record<string, Row>> = {
  "a write in this browser": {
    "a change log": {
      says: "is in its other tabs at once, and nothing is read",
      holds: readsAfterWrite([0]),
    },
    validators: {
      says: "is in its other tabs at once, and one read confirms it",
      // One in each tab.
      holds: readsAfterWrite([2]),
    },
    "neither: by age": {
      says: "is in its other tabs at once, and nothing is read",
      holds: readsAfterWrite([0]),
    },
  },

  "a message that is lost": {
    "a change log": {
      says: "is noticed by its revision, and asked for within a second",
      async holds(world) {
        const [a, b] = await world.openTwo();
        world.lost.messages = true;
        void a.run((app) => app.rename("new"));
        await world.pass(300);
        world.lost.messages = false;
        await world.pass(1_000);
        expect(b.app.title()).toBe("new");
      },
    },
    ...withoutLog("is made up for at the query's age", madeUpAtAge),
  },

  "a write from elsewhere": {
    "a change log": {
      says: "is shown at once: one change stream for the browser",
      async holds(world) {
        const [a, b] = await world.openTwo();
        world.server.write("1", "outside");
        await world.pass(1_000);
        expect([a.app.title(), b.app.title()]).toEqual(["outside", "outside"]);
        const { requests } = world.browser.network;
        expect(requests.filter(({ path }) => path.startsWith("/changes"))).toHaveLength(1);
      },
    },
    ...withoutLog("is shown at the query's age", shownAtAge),
  },

  "while nothing changes": {
    "a change log": {
      says: "nothing is read",
      async holds(world) {
        await world.openTwo();
        const before = world.browser.network.requests.length;
        await world.pass(3 * age);
        expect(world.browser.network.requests.slice(before)).toEqual([]);
      },
    },
    validators: {
      says: "a read at the age brings no body (304), and renders nothing",
      holds: whileNothingChanges({ status: 304, hasBody: false }),
    },
    "neither: by age": {
      says: "a read at the age brings the whole answer, and renders nothing",
      holds: whileNothingChanges({ status: 200, hasBody: true }),
    },
  },

  "a change": everywhere(
    "touches only queries that it can have changed, by your rules",
    async (world) => {
      const [a, b] = await world.openTwo(["1", "2"]);
      const before = world.reads("2");
      void a.run((app) => app.rename("new"));
      await world.pass(1_000);
      expect(b.app.title("1")).toBe("new");
      expect([world.reads("2"), a.app.shown("2"), b.app.shown("2")]).toEqual([
        before,
        ["old"],
        ["old"],
      ]);
    },
  ),

  "where nobody looks": everywhere(
    "nothing is read; once when it is looked at again",
    async (world) => {
      const [a, b] = await world.openTwo();
      b.hide();
      for (const title of ["one", "two", "three"]) {
        void a.run((app) => app.rename(title));
        await world.pass(age);
      }
      const ofB = () =>
        world.browser.network.requests.filter(
          ({ tab, path }) => tab === b.id && path === "/notes/1",
        ).length;
      expect([ofB(), b.app.shown()]).toEqual([1, ["old"]]);
      b.show();
      await world.pass(1_000);
      expect([ofB(), b.app.title()]).toEqual([2, "three"]);
    },
  ),

  "an answer that set out before a change": {
    "a change log": { says: "hides no change", holds: ofThisBrowser },
    ...withoutLog("hides no change of this browser", ofThisBrowser),
  },

  "something older": {
    "a change log": {
      says: "is never shown after something newer",
      async holds(world) {
        const { shown } = await receiveOlder(world);
        await world.pass(1_000);
        expect(shown()).toEqual([]);
      },
    },
    validators: {
      says: "is shown after something newer until one read is answered",
      async holds(world) {
        const { shown } = await receiveOlder(world);
        const before = world.reads();
        await world.pass(1_000);
        expect(shown()).toEqual(["older", "newer"]);
        // One in each tab.
        expect(world.reads() - before).toBe(2);
      },
    },
    "neither: by age": {
      says: "is shown after something newer until the query's age",
      async holds(world) {
        const { tab, shown } = await receiveOlder(world);
        await world.pass(1_000);
        expect(tab.app.title()).toBe("older");
        await world.pass(age);
        expect(shown()).toEqual(["older", "newer"]);
      },
    },
  },

  "an edit of what somebody has edited meanwhile": {
    "a change log": {
      says: "is refused by the server, by its version (409)",
      async holds(world) {
        const tab = world.open();
        await world.pass(1_000);
        const seen = tab.app.held();
        world.server.write("1", "theirs");
        const refused = expect(tab.run((app) => app.rename("mine", seen))).rejects.toThrow("409");
        await world.pass(1_000);
        await refused;
        expect(world.server.title("1")).toBe("theirs");
      },
    },
    validators: {
      says: "is refused by the server, by `If-Match` (412)",
      async holds(world) {
        const [a, b] = await world.openTwo();
        // Both at the same moment, on top of the same.
        const seen = a.app.held();
        const edits = [a, b].map((tab) => tab.run((app) => app.rename(tab.id, seen)));
        await world.pass(1_000);
        const [first, second] = await Promise.all(edits);
        expect([first?.accepted, second?.accepted]).toEqual([true, false]);
        expect([second?.body.title, world.server.title("1")]).toEqual([a.id, a.id]);
      },
    },
    "neither: by age": {
      says: "is found just before it is sent; at the same moment the later wins",
      async holds(world) {
        const [a, b] = await world.openTwo();
        const seen = a.app.held();
        world.server.write("1", "theirs");
        const edit = a.run((app) => app.rename("mine", seen));
        await world.pass(1_000);
        expect(await edit).toMatchObject({ accepted: false, body: { title: "theirs" } });
        expect(world.server.title("1")).toBe("theirs");

        await world.pass(age);
        const now = a.app.held();
        const edits = [a, b].map((tab) => tab.run((app) => app.rename(tab.id, now)));
        await world.pass(1_000);
        expect((await Promise.all(edits)).map(({ accepted }) => accepted)).toEqual([true, true]);
        expect(world.server.title("1")).toBe(b.id);
      },
    },
  },

  "after sleep": {
    "a change log": {
      says: "what was missed is asked for, of any age",
      async holds(world) {
        const [tab] = await world.openTwo();
        await sleepThrough(world, tab, age / 2, "in a nap");
        expect(tab.app.title()).toBe("in a nap");
      },
    },
    ...withoutLog("what is on screen is read if it is older than its age", readIfOld),
  },

  "a tab that may be behind": {
    "a change log": {
      says: "says so within 30 s: `status` is not `live`",
      async holds(world) {
        const [a, b] = await world.openTwo();
        expect([a.app.sync.status, b.app.sync.status]).toEqual(["live", "live"]);
        world.browser.network.down = true;
        world.browser.network.breakStreams();
        world.server.write("1", "outside");
        await world.pass(30_000);
        expect(a.app.sync.status).not.toBe("live");
        expect(b.app.sync.status).not.toBe("live");
      },
    },
    ...withoutLog("does not know of it", doesNotKnow),
  },
};

const page = readFileSync(join(import.meta.dirname, "guarantees.md"), "utf8");
const cellsOf = (line: string) =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
const [head = [], , ...table] = page
  .split("\n")
  .filter((line) => line.startsWith("|"))
  .map(cellsOf);
const columns = head.slice(1) as Level[];

describe("the table of guarantees", () => {
  test("has the columns and the rows that are tested, and no others", () => {
    expect(columns).toEqual([...levels]);
    expect(table.map(([row]) => row)).toEqual(Object.keys(rows));
  });

  for (const [row = "", ...cells] of table)
    for (const [at, level] of columns.entries())
      test(`${level}: ${row} ${cells[at]}`, async () => {
        const cell = rows[row]?.[level];
        expect(cell?.says, "no test shows this cell").toBe(cells[at]);
        await cell?.holds(createWorld(level));
      });
});
