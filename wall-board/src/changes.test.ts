import fc from "fast-check";
import type { Change } from "tandem-sync";
import { expect, test } from "vitest";
import type { Ask } from "./ask.ts";
import { type Changes, changesRule, most, readChanges, withChange } from "./changes.ts";
import { describeChange } from "./describe-change.ts";
import { namesRule, readNames } from "./names.ts";

const asOf = { epoch: "e", rev: 10 };
const empty: Changes = {
  changes: [],
  began: 10,
  counts: { create: 0, update: 0, delete: 0 },
  asOf,
};
const changeOf = (rev: number, more: Partial<Change> = {}): Change => ({
  rev,
  version: rev,
  resource: "activities",
  id: `act-${rev}`,
  op: "update",
  parents: { accountId: "acc-1" },
  ...more,
});
const revs = ({ changes }: Changes) => changes.map(({ rev }) => rev);

/** Answers each path once, in this order. */
function script(...answers: [path: string | RegExp, status: number, body: unknown][]): Ask {
  return async (path) => {
    const [expected, status, body] = answers.shift() ?? ["nothing more", 0, null];
    expect(path).toMatch(expected);
    return { status, body, asOf: { epoch: "e", rev: 20 } };
  };
}

test("in any order, and any number of times, changes stand newest first and are counted once", () => {
  const some = fc.uniqueArray(fc.integer({ min: 11, max: 200 }), { maxLength: most });
  fc.assert(
    fc.property(some, fc.array(fc.nat()), (all, doubled) => {
      const told = [...all, ...doubled.flatMap((at) => all[at % all.length] ?? [])];
      const board = told.map((rev) => changeOf(rev)).reduce(withChange, empty);
      expect(revs(board)).toEqual(all.toSorted((a, b) => b - a));
      expect(board.counts).toEqual({ create: 0, update: all.length, delete: 0 });
    }),
  );
});

test("a board that is full drops the oldest, counts on, and takes no older change", () => {
  const board = Array.from({ length: most + 5 }, (_, at) => changeOf(at + 11)).reduce(
    withChange,
    empty,
  );
  expect([board.changes.length, board.counts.update]).toEqual([most, most + 5]);
  expect(withChange(board, changeOf(12))).toBe(board);
  expect(changesRule.effect(changeOf(12), board, ["changes"])).toBe("known");
});

test("it begins with the activities that changed last, and does not say how", async () => {
  const row = { id: 7, accountId: 3, kind: "call", title: "Rang", version: 9 };
  const board = await readChanges(script([/^\/activities\?_sort=version/, 200, [row]]), undefined);
  expect(board).toMatchObject({ began: 20, counts: empty.counts });
  const [change] = board.changes;
  if (!change) throw new Error("There is no change");
  expect(change).toMatchObject({ rev: 9, id: "7", parents: { accountId: "3" } });
  expect(describeChange(change, true)).toEqual({ what: "Call", title: "Rang", tone: "old" });
});

test("what was missed is asked for by the last revision, and added to what is shown", async () => {
  const held = withChange(empty, changeOf(11));
  const missed = { changes: [changeOf(11), changeOf(12, { op: "create" })] };
  const board = await readChanges(script([/^\/changes\?since=e\.10$/, 200, missed]), held);
  expect(revs(board)).toEqual([12, 11]);
  expect(board.counts).toEqual({ create: 1, update: 1, delete: 0 });
  expect(board.asOf).toEqual({ epoch: "e", rev: 20 });
});

test("a log that does not reach back has the board begin anew", async () => {
  const ask = script([/^\/changes/, 410, {}], [/^\/activities/, 200, []]);
  expect(await readChanges(ask, withChange(empty, changeOf(11)))).toMatchObject({
    changes: [],
    began: 20,
  });
});

test("a change is told by what moved with it", () => {
  const whatOf = (more: Partial<Change>) => describeChange(changeOf(11, more), false).what;
  const derived = { "accounts/acc-1": { pinnedCount: 3 } };
  expect(whatOf({ row: { kind: "note", pinned: true }, derived })).toBe("Note pinned");
  expect(whatOf({ row: { kind: "note", pinned: false }, derived })).toBe("Note unpinned");
  expect(whatOf({ row: { kind: "note", pinned: true } })).toBe("Note changed");
  expect(whatOf({ op: "create", row: { kind: 7 } })).toBe("Activity added");
  expect(whatOf({ op: "delete" })).toBe("Activity deleted");
  expect(whatOf({ resource: "tasks", row: { done: true } })).toBe("Task done");
  expect(whatOf({ resource: "contacts" })).toBe("Contacts changed");
});

test("names are read by one request, a renamed account brings its own, and one that is gone is asked for once", async () => {
  const names = await readNames(
    script([/^\/accounts\?id=a%26b&id=gone$/, 200, [{ id: "a&b", name: "A" }]]),
    ["a&b", "gone"],
  );
  expect(names.names).toEqual({ "a&b": "A", gone: null });
  const rename = changeOf(21, { resource: "accounts", id: "a&b", row: { name: "B" } });
  expect(namesRule.effect(rename, names, ["names"])).toEqual({
    patched: { ...names, names: { "a&b": "B", gone: null } },
  });
  expect(namesRule.effect(changeOf(22), names, ["names"])).toBe("none");
});
