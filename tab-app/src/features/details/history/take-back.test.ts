import { expect, test } from "vitest";
import type { HistoryEntry } from "#contract/history.ts";
import { trialFields } from "#data/outbox/testing/account-fields.ts";
import { takeBack } from "./take-back.ts";

const entry = (more: Partial<HistoryEntry>): HistoryEntry => ({
  ...{ rev: 9, at: "2026-01-01T00:00:00.000Z", authorId: null, op: "update", fields: {} },
  ...more,
});
const plan = { before: "Free", after: "Growth" };
const now = { ...trialFields, plan: "Growth", mrr: "" };

test("an update is taken back by the values before it, a missing one by none", () => {
  const mrr = { before: 1200, after: null };
  expect(takeBack(entry({ fields: { plan, mrr } }), now)).toEqual({ plan: "Free", mrr: "1200" });
  const city = { before: null, after: "Oslo" };
  expect(takeBack(entry({ fields: { city } }), { ...now, city: "Oslo" })).toEqual({ city: "" });
});

test("what was changed since, or is no update of a field that people edit, is not", () => {
  expect(takeBack(entry({ fields: { plan } }), { ...now, plan: "Starter" })).toBeNull();
  expect(takeBack(entry({ fields: { shelf: { before: "A", after: "B" } } }), now)).toBeNull();
  for (const op of ["create", "delete"] as const)
    expect(takeBack(entry({ op, fields: { plan } }), now)).toBeNull();
});
