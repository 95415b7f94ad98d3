import { expect, test } from "vitest";
import type { Change } from "#sync";
import { overviewQuery, toOverviewId } from "./overview.ts";

const value = {
  accounts: 0,
  mine: null,
  atRisk: 0,
  renewals: 0,
  plans: [],
  weeks: [],
  tasks: { overdue: 0, today: 0 },
};
const data = { value, asOf: { epoch: "e", rev: 7 } };
const change = (more: Partial<Change>): Change => ({
  rev: 9,
  resource: "activities",
  id: "act-1",
  op: "update",
  version: 9,
  parents: { accountId: "acc-1" },
  ...more,
});
const effectOf = (more: Partial<Change>) =>
  overviewQuery.effect(change(more), data, ["overview", ""]);
const movedAt = (rev: unknown) => ({ "overview/all": { movedAt: rev } });

test("a change that moved no number since the read is nothing to it, and one that did has it read", () => {
  expect(effectOf({ derived: movedAt(7) })).toBe("none");
  expect(effectOf({ derived: movedAt(8) })).toBe("stale");
  expect(effectOf({ resource: "tasks", derived: movedAt(9) })).toBe("stale");
});

test("without a word of it the numbers may have moved; other collections have none", () => {
  expect(effectOf({})).toBe("stale");
  expect(effectOf({ derived: movedAt("7") })).toBe("stale");
  expect(effectOf({ resource: "users" })).toBe("none");
});

test("an overview is of an owner and a day", () => {
  expect(toOverviewId("usr 1", "2026-11-27")).toBe("owner=usr+1&today=2026-11-27");
  expect(toOverviewId(null, "2026-11-27")).toBe("today=2026-11-27");
});
