import { expect, test } from "vitest";
import { builtInResources, storedSchemas } from "#api/rows/resources.ts";
import { columns, toRow, toStoredForm, toValues } from "./tables.ts";

test.each(builtInResources)("%s: each stored field of the contract has a column", (resource) => {
  const fields = Object.keys(storedSchemas[resource].shape);
  expect(columns[resource].map(({ field }) => field).sort()).toEqual(fields.sort());
});

test("a row is read as it was written, in one form, with a person's own fields", () => {
  const row = {
    shelf: { a: [1, null] },
    id: 7,
    accountId: "acc-1",
    kind: "note",
    title: "T",
    at: "2026-11-20T10:00:00+01:00",
    authorId: null,
    pinned: false,
  };
  const stored = toStoredForm("activities", row);
  const { own, ...values } = toValues("activities", stored);
  const image = { ...values, own: JSON.parse(String(own)) };
  expect(JSON.stringify(toRow("activities", image))).toBe(JSON.stringify(stored));
  expect(Object.entries(stored)).toEqual([
    ["id", "7"],
    ["accountId", "acc-1"],
    ["kind", "note"],
    ["title", "T"],
    ["at", "2026-11-20T09:00:00.000Z"],
    ["pinned", false],
    ["shelf", { a: [1, null] }],
  ]);
});

test.each(["a\0b", "\ud800"])("text that PostgreSQL cannot hold is refused by name", (text) => {
  const refused = () => toStoredForm("own", { id: 1, "a/b": [{ c: text }] });
  expect(refused).toThrow(
    expect.objectContaining({
      problem: expect.objectContaining({ status: 422, field: "/a~1b/0/c" }),
    }),
  );
});
