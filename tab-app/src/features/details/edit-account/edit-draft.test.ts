import { expect, test } from "vitest";
import { trialFields as shown } from "#data/outbox/testing/account-fields.ts";
import { draftOf, readEditDraft } from "./edit-draft.ts";

const typed = { over: { plan: "Free", notes: "" }, mine: { plan: "Growth", notes: "Half a" } };

test("typed values are restored, with the values that they replaced", () => {
  const draft = structuredClone(draftOf(typed, shown, 3));
  expect(readEditDraft(draft, shown)).toEqual(typed);
  expect(readEditDraft(draft, { ...shown, name: "Southgate", notes: "Theirs" })).toEqual(typed);
});

test("a typed value that the record now has is no longer offered", () => {
  const draft = draftOf(typed, shown, 3);
  expect(readEditDraft(draft, { ...shown, plan: "Growth" })).toEqual({
    over: { notes: "" },
    mine: { notes: "Half a" },
  });
  expect(readEditDraft(draft, { ...shown, ...typed.mine })).toBeNull();
});

test("junk is no draft", () => {
  for (const junk of [
    undefined,
    null,
    7,
    "x",
    {},
    { base: {}, fields: {} },
    { fields: { name: 1 } },
  ])
    expect(readEditDraft(junk, shown)).toBeNull();
});

test("a draft of an earlier version of the app, which knew fewer fields, is offered", () => {
  const { mrr, renewalDate, industry, city, since, ...known } = shown;
  const draft = { base: { version: 3, fields: known }, fields: typed.mine };
  expect(readEditDraft(draft, { ...shown, mrr: "40" })).toEqual(typed);
});
