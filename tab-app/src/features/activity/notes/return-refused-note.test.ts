import { expect, test } from "vitest";
import type { OutboxEntry } from "#data/outbox/outbox.ts";
import type { Write } from "#data/outbox/writes.ts";
import { ApiError } from "#data/server/api-error.ts";
import type { Drafts } from "#data/storage/drafts.ts";
import { toLocalTime } from "./local-time.ts";
import { returnRefusedNote } from "./return-refused-note.ts";
import { memoryDrafts } from "./testing/memory-drafts.ts";

const row = {
  id: "act-1",
  accountId: "acc-1",
  kind: "note",
  title: "Called back",
  body: "Twice.",
  at: "2026-11-20T09:00:00.000Z",
  pinned: false,
};
const create: Write = { type: "create note", key: "k", id: "act-1", accountId: "acc-1", row };

function refused(write: Write, field = "/title", status = 422): OutboxEntry {
  const problem = { title: "Cannot be accepted", status, detail: "title: no emoji", field };
  const error = new ApiError("title: no emoji", status, problem);
  return { write, state: "failed", error, number: 1, draft: null, submittedAt: 0 };
}

test("a note whose text was refused is in the composer again, with the server's reason", async () => {
  const drafts = await memoryDrafts();
  expect(returnRefusedNote(refused(create), drafts)).toBe(true);
  expect(drafts.get("note/acc-1")?.value).toEqual({
    text: "Called back\nTwice.",
    refusal: "The server did not take this: title: no emoji",
  });
});

test("a call whose time was refused is in the composer again, with its kind and time", async () => {
  const drafts = await memoryDrafts();
  const call: Write = { ...create, row: { ...row, kind: "call" }, isDated: true };
  expect(returnRefusedNote(refused(call, "/at"), drafts)).toBe(true);
  const { value } = drafts.get("note/acc-1") ?? {};
  expect(value).toMatchObject({ kind: "call", when: toLocalTime(Date.parse(row.at)) });
});

test("a refused edit can be continued, on its original base", async () => {
  const drafts = await memoryDrafts();
  const base = { version: 3, fields: { title: "Called", body: "Once." } };
  const edit: Write = { ...create, type: "edit note", base, changes: { title: "Called back" } };
  expect(returnRefusedNote(refused(edit), drafts)).toBe(true);
  expect(drafts.get("note/acc-1/act-1")?.value).toMatchObject({ base, text: "Called back\nOnce." });
});

test("an edit of a deleted note can be added as a new note", async () => {
  const drafts = await memoryDrafts();
  const base = { version: 3, fields: { title: "Called", body: "Once." } };
  const edit: Write = { ...create, type: "edit note", base, changes: { body: "Twice." } };
  expect(returnRefusedNote(refused(edit, "", 404), drafts)).toBe(true);
  expect(drafts.get("note/acc-1")?.value).toMatchObject({ text: "Called\nTwice." });
});

test("a draft that was begun meanwhile is not overwritten", async () => {
  const drafts: Drafts = await memoryDrafts();
  drafts.put("note/acc-1", { text: "Another" });
  expect(returnRefusedNote(refused(create), drafts)).toBe(false);
  expect(drafts.get("note/acc-1")?.value).toEqual({ text: "Another" });
});

test("a write that failed for another reason stays in the outbox", async () => {
  for (const entry of [
    refused(create, "/authorId"),
    refused(create, "/title", 503),
    refused({ type: "delete note", key: "k", id: "act-1", accountId: "acc-1", title: "Called" }),
  ])
    expect(returnRefusedNote(entry, await memoryDrafts())).toBe(false);
});
