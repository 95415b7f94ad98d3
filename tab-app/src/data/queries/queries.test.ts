import { expect, test } from "vitest";
import { effects, persistedKinds } from "./queries.ts";

const asOf = { epoch: "e", rev: 5 };
const row = { id: "acc-1", name: "One", plan: "", status: "", notes: "", version: 1 };

test("each query is found by its kind, and all but a search survive a reload", () => {
  expect(Object.keys(effects)).toEqual([
    "users",
    "account",
    "activity",
    "filtered activity",
    "tasks",
    "account list",
    "overview",
    "activity search",
  ]);
  expect([...persistedKinds.keys()]).toEqual(Object.keys(effects).slice(0, -1));
});

test("details are lent for their own id only, and only as of a revision", () => {
  const lend = (data: unknown) => effects.account?.lend?.(data, ["account", "acc-1"]);
  expect(lend({ row, asOf, junk: 1 })).toEqual({ row, asOf });
  expect(lend({ row: { ...row, id: "acc-2" }, asOf })).toBeNull();
  expect(lend({ row, asOf: null })).toBeNull();
  expect(lend({ row: {}, asOf })).toBeNull();
  expect(lend("junk")).toBeNull();
});

test("feeds and collections are not lent", () => {
  expect(effects.activity?.lend).toBeUndefined();
  expect(effects["account list"]?.lend).toBeUndefined();
  expect(effects.users?.lend).toBeUndefined();
});
