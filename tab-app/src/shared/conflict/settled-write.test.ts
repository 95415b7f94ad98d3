import { expect, test } from "vitest";
import { trialFields as fields } from "#data/outbox/testing/account-fields.ts";
import { settledWrite } from "./settled-write.ts";

const edit = {
  type: "edit account" as const,
  key: "k",
  id: "acc-1",
  base: { version: 3, fields },
  changes: { name: "Northgate AB", status: "active" },
};
const theirs = { version: 5, fields: { ...fields, name: "Southgate", plan: "Growth" } };

test("a chosen value of mine is sent on top of theirs, with the fields that do not overlap", () => {
  expect(settledWrite(edit, theirs, { name: "Northgate AB" })).toEqual({
    type: "edit account",
    id: "acc-1",
    base: theirs,
    changes: { name: "Northgate AB", status: "active" },
  });
});

test("when theirs is chosen, only the other fields are sent", () => {
  expect(settledWrite(edit, theirs, { name: "Southgate" })?.type).toBe("edit account");
  expect(settledWrite(edit, theirs, { name: "Southgate" })).toMatchObject({
    changes: { status: "active" },
  });
});

test("a note is settled in the same way, and nothing is sent when nothing remains", () => {
  const note = {
    type: "edit note" as const,
    key: "k",
    id: "act-1",
    accountId: "acc-1",
    base: { version: 3, fields: { title: "Called", body: "" } },
    changes: { title: "Called back" },
  };
  const now = { version: 4, fields: { title: "Called twice", body: "At noon" } };
  expect(settledWrite(note, now, { title: "Called back" })).toEqual({
    type: "edit note",
    id: "act-1",
    accountId: "acc-1",
    base: now,
    changes: { title: "Called back" },
  });
  expect(settledWrite(note, now, { title: "Called twice" })).toBeNull();
});
