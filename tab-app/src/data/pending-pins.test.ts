import { expect, test } from "vitest";
import type { Activity } from "#api/schema.ts";
import { layPins } from "./pending-pins.ts";

const rows: Activity[] = ["a", "b"].map((id) => ({
  id,
  accountId: "acc-1",
  kind: "note",
  title: id,
  at: "2026-01-01T00:00:00Z",
  pinned: false,
  version: 1,
}));

test("a pending pin is shown, as unconfirmed, and the last of several counts", () => {
  const [a, b] = layPins(rows, [
    { activityId: "a", pinned: true },
    { activityId: "a", pinned: false },
    { activityId: "a", pinned: true },
  ]);
  expect(a).toMatchObject({ pinned: true, unconfirmed: true });
  expect(b).toMatchObject({ pinned: false, unconfirmed: false });
});

test("taking one pin back leaves another that was made meanwhile", () => {
  const both = [
    { activityId: "a", pinned: true },
    { activityId: "b", pinned: true },
  ];
  expect(layPins(rows, both).map((row) => row.pinned)).toEqual([true, true]);
  expect(layPins(rows, both.slice(1)).map((row) => row.pinned)).toEqual([false, true]);
});

test("rows without a pending pin keep their identity", () => {
  const before = layPins(rows, []);
  const after = layPins(rows, [{ activityId: "a", pinned: true }]);
  expect(after[1]).toBe(before[1]);
  expect(after[0]).not.toBe(before[0]);
});
