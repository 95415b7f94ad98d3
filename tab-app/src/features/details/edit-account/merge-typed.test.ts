import { expect, test } from "vitest";
import { trialFields as shown } from "#data/outbox/testing/account-fields.ts";
import { mergeTyped } from "./merge-typed.ts";

test("fields that were not typed in are no change, even when theirs changed", () => {
  const { changes, conflicts } = mergeTyped({ over: {}, mine: {} }, { ...shown, plan: "Growth" });
  expect(changes).toEqual({});
  expect(conflicts).toEqual([]);
});

test("a field typed over the current value is a change and no conflict", () => {
  const typed = { over: { name: "Northgate" }, mine: { name: "Northgate AB" } };
  const { changes, conflicts } = mergeTyped(typed, { ...shown, plan: "Growth" });
  expect(changes).toEqual({ name: "Northgate AB" });
  expect(conflicts).toEqual([]);
});

test("a field whose value was replaced while it was typed over is a conflict", () => {
  const typed = { over: { name: "Northgate" }, mine: { name: "Northgate AB" } };
  const { changes, conflicts } = mergeTyped(typed, { ...shown, name: "Southgate" });
  expect(changes).toEqual({ name: "Northgate AB" });
  expect(conflicts).toEqual([
    { field: "name", base: "Northgate", theirs: "Southgate", mine: "Northgate AB" },
  ]);
});

test("the same value on both sides leaves nothing to send", () => {
  const typed = { over: { plan: "Free" }, mine: { plan: "Growth" } };
  const { changes, conflicts } = mergeTyped(typed, { ...shown, plan: "Growth" });
  expect(changes).toEqual({});
  expect(conflicts).toEqual([]);
});

test("a value typed back to what it was before theirs is a conflict", () => {
  const typed = { over: { plan: "Free" }, mine: { plan: "Free" } };
  const { merged, changes, conflicts } = mergeTyped(typed, { ...shown, plan: "Growth" });
  expect(merged.plan).toBe("Free");
  expect(changes).toEqual({ plan: "Free" });
  expect(conflicts).toEqual([{ field: "plan", base: "Free", theirs: "Growth", mine: "Free" }]);
});
