import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Activity } from "#contract/rows.ts";
import type { Change } from "#sync";
import { activityQuery, filteredActivityQuery } from "./activity.ts";
import { noFilter, toFeedQuery, toWeekQuery } from "./feed-filter.ts";
import { type ActivityPages, compareActivities } from "./pages.ts";

const row = (id: number, more: Partial<Activity> = {}): Activity => ({
  id: `act-${id}`,
  accountId: "acc-1",
  kind: "note",
  title: `Note ${id}`,
  at: new Date(Date.UTC(2026, 0, 1, 0, id)).toISOString(),
  pinned: false,
  version: 1,
  ...more,
});

const change = (op: Change["op"], of: Activity, rev: number): Change => ({
  rev,
  resource: "activities",
  id: of.id,
  op,
  version: rev,
  parents: { accountId: of.accountId },
  ...(op !== "delete" && { row: { ...of, version: rev } }),
});

const pageSize = 10;

const effectOn = (data: ActivityPages, of: Change) =>
  activityQuery.effect(of, data, ["activity", "acc-1"]);

/** What a fresh read of as many pages would give. */
function freshRead(table: readonly Activity[], pages: number, rev = 1): ActivityPages {
  const sorted = table.toSorted(compareActivities);
  const asOf = { epoch: "e", rev };
  return {
    pageParams: Array.from({ length: pages }, () => null),
    pages: Array.from({ length: pages }, (_, at) => ({
      rows: sorted.slice(at * pageSize, (at + 1) * pageSize),
      more: sorted.length > (at + 1) * pageSize,
      asOf,
    })),
  };
}

function isPinned({ pinned }: Activity): boolean {
  return pinned;
}

const rowsOf = (data: ActivityPages) => data.pages.flatMap((page) => page.rows);
const table = Array.from({ length: 25 }, (_, at) => row(at + 1, { pinned: at % 2 === 0 }));
const loaded = freshRead(table, 2);

describe("a change of an activity, on a feed of which two pages are loaded", () => {
  test("replaces the row where it stands, and only its page changes identity", () => {
    const effect = effectOn(loaded, change("update", row(24, { pinned: true }), 2));
    const patched = (effect as { patched: ActivityPages }).patched;
    expect(rowsOf(patched)[1]).toMatchObject({ id: "act-24", pinned: true, version: 2 });
    expect(patched.pages[1]).toBe(loaded.pages[1]);
    expect(rowsOf(patched)[0]).toBe(rowsOf(loaded)[0]);
  });

  test("puts a new row in its place by time, not on top", () => {
    const late = row(90, { at: new Date(Date.UTC(2026, 0, 1, 0, 20, 30)).toISOString() });
    const effect = effectOn(loaded, change("create", late, 2));
    const rows = rowsOf((effect as { patched: ActivityPages }).patched);
    expect(rows.map((each) => each.id).slice(4, 7)).toEqual(["act-21", "act-90", "act-20"]);
  });

  test("takes a deleted row out", () => {
    const effect = effectOn(loaded, change("delete", row(24), 2));
    expect(rowsOf((effect as { patched: ActivityPages }).patched)).toHaveLength(19);
  });

  test("that takes the last loaded row while older ones follow has the feed read again", () => {
    const one = freshRead(table, 1);
    const [page] = one.pages;
    if (!page) throw new Error("no page");
    const data = { ...one, pages: [{ ...page, rows: page.rows.slice(0, 1) }] };
    expect(effectOn(data, change("delete", row(25), 2))).toBe("stale");
  });

  test("beyond the loaded pages is no matter", () => {
    expect(effectOn(loaded, change("update", row(2, { pinned: true }), 2))).toBe("known");
    expect(effectOn(loaded, change("delete", row(2), 2))).toBe("known");
  });

  test("of another account is none of its business", () => {
    const other = row(24, { id: "act-x", accountId: "acc-2" });
    expect(effectOn(loaded, change("update", other, 2))).toBe("none");
  });

  test("that came before what is held is known", () => {
    const newer = freshRead([row(24, { version: 9 })], 1, 9);
    expect(effectOn(newer, change("update", row(24), 5))).toBe("known");
    expect(effectOn(newer, change("delete", row(24), 5))).toBe("known");
  });

  test("that is known takes a row out that a late page put back beside it", () => {
    const moved = row(25, { at: row(8).at, version: 2 });
    const [first, second] = loaded.pages;
    if (!first || !second) throw new Error("two pages are loaded");
    const twice = { ...loaded, pages: [first, { ...second, rows: [...second.rows, moved] }] };
    const effect = effectOn(twice, change("update", moved, 2));
    const ids = rowsOf((effect as { patched: ActivityPages }).patched).map(({ id }) => id);
    expect(ids.filter((id) => id === "act-25")).toHaveLength(1);
    expect(ids[0]).toBe("act-24");
  });

  test("takes the row out that moved to another account", () => {
    const moved = row(24, { accountId: "acc-2" });
    const effect = effectOn(loaded, change("update", moved, 2));
    expect(rowsOf((effect as { patched: ActivityPages }).patched)).toHaveLength(19);
  });

  test("without its row, or with one that does not fit, must be read", () => {
    const { row: _, ...bare } = change("update", row(24), 2);
    expect(effectOn(loaded, bare)).toBe("stale");
    expect(effectOn(loaded, { ...bare, row: { title: 5 } })).toBe("stale");
  });
});

const isOfFirst = ({ accountId }: Activity) => accountId === "acc-1";
const inWeek = ({ at }: Activity) => at >= "2025-12-29" && at < "2026-01-05";
const pinnedOnly = toFeedQuery("acc-1", { ...noFilter, pinned: true }) ?? "";

test.each([
  ["all", activityQuery, ["activity", "acc-1"], isOfFirst],
  [
    "the pinned",
    filteredActivityQuery,
    ["filtered activity", pinnedOnly],
    (row: Activity) => isOfFirst(row) && isPinned(row),
  ],
  [
    "a week of all accounts",
    filteredActivityQuery,
    ["filtered activity", toWeekQuery("2025-12-29")],
    inWeek,
  ],
] as const)("%s: patched rows are those of a fresh read, for any sequence of changes", (...of) => {
  const [, query, key, passes] = of;
  const step = fc.record({
    op: fc.constantFrom<Change["op"]>("create", "update", "delete"),
    id: fc.integer({ min: 1, max: 40 }),
    minute: fc.integer({ min: 0, max: 45 }),
    // The week before, this one and the next.
    day: fc.constantFrom(1, 1, 1, 1, -4, 5),
    accountId: fc.constantFrom("acc-1", "acc-1", "acc-2"),
    pinned: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 30 }),
      fc.integer({ min: 1, max: 3 }),
      (steps, pages) => {
        const rows = new Map(table.map((each) => [each.id, each]));
        let held = freshRead(table.filter(passes), pages);
        let rev = 1;
        for (const { op, id, day, minute, pinned, accountId } of steps) {
          const before = rows.get(`act-${id}`);
          if (Boolean(before) === (op === "create")) continue;
          rev++;
          const at = new Date(Date.UTC(2026, 0, day, 0, minute)).toISOString();
          // A row that moves to another account is deleted in the one, and created in the other.
          const of = before?.accountId ?? accountId;
          const next = row(id, { at, pinned, accountId: of, version: rev });
          if (op === "delete") rows.delete(next.id);
          else rows.set(next.id, next);
          const effect = query.effect(change(op, next, rev), held, key);
          // A feed whose last row is gone while older ones follow.
          if (effect === "stale") held = freshRead([...rows.values()].filter(passes), pages, rev);
          else expect(["none", "known"]).toContain(typeof effect === "object" ? "known" : effect);
          if (typeof effect === "object") held = effect.patched as ActivityPages;
        }
        // All that is held is in the feed's order, true, and a beginning of it without a hole.
        const fresh = [...rows.values()].filter(passes).sort(compareActivities);
        const shown = rowsOf(held);
        expect(shown).toEqual(fresh.slice(0, shown.length));
        if (!held.pages.at(-1)?.more) expect(shown).toHaveLength(fresh.length);
      },
    ),
  );
});
