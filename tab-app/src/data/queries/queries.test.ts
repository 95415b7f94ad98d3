import { expect, test } from "vitest";
import { effects, persistedKinds } from "./queries.ts";

const asOf = { epoch: "e", rev: 5 };
const row = { id: "acc-1", name: "One", plan: "", status: "", notes: "", version: 1 };

test("each query is found by its kind, and all but a history and a search survive a reload", () => {
  expect(Object.keys(effects)).toEqual([
    "users",
    "account",
    "activity",
    "filtered activity",
    "tasks",
    "history",
    "account list",
    "overview",
    "due tasks",
    "activity search",
  ]);
  const persisted = Object.keys(effects).filter((kind) => !/history|search/.test(kind));
  expect([...persistedKinds.keys()]).toEqual(persisted);
});

test("a history is read again for each write to its account that it does not have", () => {
  const entry = { rev: 7, at: "", authorId: null, op: "update" as const, fields: {} };
  const data = { pages: [{ rows: [entry], more: false, asOf }], pageParams: [null] };
  const effect = (resource: string, id: string, rev: number) => {
    const change = { rev, resource, id, op: "update" as const, version: rev, parents: {} };
    return effects.history?.effect(change, data, ["history", "acc-1"]);
  };
  expect(effect("accounts", "acc-1", 8)).toBe("stale");
  expect(effect("accounts", "acc-1", 7)).toBe("known");
  expect(effect("accounts", "acc-2", 8)).toBe("none");
  expect(effect("activities", "acc-1", 8)).toBe("none");
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
