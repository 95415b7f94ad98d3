import { expect, test } from "vitest";
import { mergeEdit, settleConflicts } from "./merge-edit.ts";

const base = { name: "Northgate", plan: "Free", notes: "Met in May" };

test("nothing changed on either side is nothing to send", () => {
  expect(mergeEdit(base, {}, base)).toEqual({
    merged: base,
    changes: {},
    conflicts: [],
    theirChanges: [],
  });
});

test("fields that do not overlap merge, and only mine are left to send", () => {
  const theirs = { ...base, plan: "Growth" };
  expect(mergeEdit(base, { name: "Northgate AB" }, theirs)).toEqual({
    merged: { name: "Northgate AB", plan: "Growth", notes: "Met in May" },
    changes: { name: "Northgate AB" },
    conflicts: [],
    theirChanges: ["plan"],
  });
});

test("the same field, changed to different values, is a conflict, and mine stands for now", () => {
  const theirs = { ...base, name: "Southgate" };
  const { merged, changes, conflicts, theirChanges } = mergeEdit(
    base,
    { name: "Northgate AB" },
    theirs,
  );
  expect(merged.name).toBe("Northgate AB");
  expect(changes).toEqual({ name: "Northgate AB" });
  expect(conflicts).toEqual([
    { field: "name", base: "Northgate", theirs: "Southgate", mine: "Northgate AB" },
  ]);
  expect(theirChanges).toEqual(["name"]);
});

test("the same field, changed to the same value, is neither a conflict nor a change", () => {
  const { changes, conflicts } = mergeEdit(base, { plan: "Growth" }, { ...base, plan: "Growth" });
  expect(changes).toEqual({});
  expect(conflicts).toEqual([]);
});

test("a value of mine that is the base's is no edit: theirs stands", () => {
  const theirs = { ...base, plan: "Growth" };
  const { merged, changes } = mergeEdit(base, { ...base, name: "Northgate AB" }, theirs);
  expect(merged).toEqual({ ...theirs, name: "Northgate AB" });
  expect(changes).toEqual({ name: "Northgate AB" });
});

test("emptied is a value like any other", () => {
  const theirs = { ...base, notes: "Met in June" };
  expect(mergeEdit(base, { notes: "" }, theirs).conflicts).toEqual([
    { field: "notes", base: "Met in May", theirs: "Met in June", mine: "" },
  ]);
});

test("the arguments are left as they are", () => {
  const mine = Object.freeze({ name: "Northgate AB" });
  const theirs = Object.freeze({ ...base, name: "Southgate" });
  const merge = mergeEdit(Object.freeze(base), mine, theirs);
  settleConflicts(merge, { name: "Southgate" });
  expect(merge.changes).toEqual({ name: "Northgate AB" });
});

const overlap = mergeEdit(
  base,
  { name: "Northgate AB", notes: "Met twice" },
  { ...base, name: "Southgate", plan: "Growth" },
);

test("settled for mine, it is sent with all else", () => {
  expect(settleConflicts(overlap, { name: "Northgate AB" })).toEqual({
    name: "Northgate AB",
    notes: "Met twice",
  });
});

test("settled for theirs, only what does not overlap is left to send", () => {
  expect(settleConflicts(overlap, { name: "Southgate" })).toEqual({ notes: "Met twice" });
});

test("settled for theirs where that was all, nothing is left", () => {
  const merge = mergeEdit(base, { name: "Northgate AB" }, { ...base, name: "Southgate" });
  expect(settleConflicts(merge, { name: "Southgate" })).toEqual({});
});
