import fc from "fast-check";
import { expect, test } from "vitest";
import type { Change } from "#sync";
import { activitySearchQuery } from "./activity-search.ts";

const words = ["call", "mail", "Renewal"] as const;

interface Row {
  readonly id: string;
  readonly title: string;
  readonly at: string;
  readonly version: number;
}

/** As the server answers: the newest rows that have the text. */
const fresh = (rows: readonly Row[], text: string) =>
  rows
    .filter(({ title }) => title.toLowerCase().includes(text.toLowerCase()))
    .sort((a, b) => (a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1))
    .slice(0, 8);

const full = (row: Row) => ({ ...row, accountId: "acc-1", kind: "note", pinned: false });
const rows = fc.uniqueArray(
  fc.record({
    id: fc.nat({ max: 30 }).map((id) => `act-${id}`),
    title: fc.constantFrom(...words),
    at: fc.nat({ max: 9 }).map((day) => `2026-11-1${day}T09:00:00.000Z`),
    version: fc.constant(1),
  }),
  { selector: ({ id }) => id, maxLength: 30 },
);
const edit = fc.record({
  id: fc.nat({ max: 30 }).map((id) => `act-${id}`),
  title: fc.constantFrom(...words),
  at: fc.nat({ max: 9 }).map((day) => `2026-11-1${day}T09:00:00.000Z`),
  isDeleted: fc.boolean(),
  isTooLarge: fc.boolean(),
});

test("a change that leaves a search as it is shown is one that moves nothing in a fresh read", () => {
  fc.assert(
    fc.property(rows, edit, fc.constantFrom("call", "renew"), (before, made, text) => {
      const { id, title, at, isDeleted, isTooLarge } = made;
      const others = before.filter((row) => row.id !== id);
      if (isDeleted && others.length === before.length) return;
      const next = { id, title, at, version: 2 };
      const after = isDeleted ? others : [...others, next];
      const change: Change = {
        rev: 2,
        resource: "activities",
        id,
        version: 2,
        parents: { accountId: "acc-1" },
        op: isDeleted ? "delete" : others.length === before.length ? "create" : "update",
        ...(!isDeleted && !isTooLarge && { row: full(next) }),
      };
      const shown = { rows: fresh(before, text).map(full), asOf: { epoch: "e", rev: 1 } };
      const effect = activitySearchQuery.effect(change, shown, ["activity search", text]);
      if (effect !== "stale") expect(fresh(after, text)).toEqual(fresh(before, text));
    }),
  );
});

test("a change of another row costs no read, and an account that is named does", () => {
  const [row] = [
    full({ id: "act-1", title: "A call", at: "2026-11-10T09:00:00.000Z", version: 1 }),
  ];
  const data = { rows: [row], asOf: { epoch: "e", rev: 1 } };
  const effectOf = (change: Partial<Change>) =>
    activitySearchQuery.effect(
      {
        rev: 2,
        resource: "activities",
        id: "act-2",
        op: "update",
        version: 2,
        parents: {},
        ...change,
      },
      data,
      ["activity search", "call"],
    );
  expect(effectOf({ row: { ...row, id: "act-2", title: "A mail", pinned: true } })).toBe("none");
  expect(effectOf({ row: { ...row, id: "act-2" } })).toBe("stale");
  expect(effectOf({ id: "act-1", version: 1 })).toBe("known");
  expect(effectOf({ resource: "accounts", id: "acc-1" })).toBe("stale");
  expect(effectOf({ resource: "accounts", id: "acc-2" })).toBe("none");
  expect(effectOf({ resource: "tasks" })).toBe("none");
});
