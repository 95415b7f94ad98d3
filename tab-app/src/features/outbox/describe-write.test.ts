import { expect, test } from "vitest";
import type { OutboxEntry } from "#data/outbox/outbox.ts";
import { noFields } from "#data/outbox/testing/account-fields.ts";
import type { Write } from "#data/outbox/writes.ts";
import { ApiError } from "#data/server/api-error.ts";
import { describeCounts } from "./describe-counts.ts";
import {
  describeDone,
  describeFailedWrite,
  describeState,
  describeWrite,
} from "./describe-write.ts";

const note = { key: "k", id: "act-1", accountId: "acc-1" };
const base = { version: 3, fields: { title: "Called back", body: "" } };
const account = {
  ...noFields,
  ...{ name: "Northgate", ownerId: "", plan: "Free", status: "trial", notes: "" },
};
const row = {
  id: "act-1",
  accountId: "acc-1",
  kind: "note",
  title: "Called back",
  at: "2026-11-20T09:00:00.000Z",
  pinned: false,
};

const task = { title: "Call back", dueDate: "2026-12-01", assigneeId: "" };
const taskBase = { version: 3, fields: { ...task, done: "false" } } as const;

const cases: [Write, asked: string, failed: string, done: string][] = [
  [
    { ...note, type: "pin", title: "Called back", pinned: true },
    "Pin “Called back”",
    "Couldn't pin “Called back”",
    "Pinned: Called back",
  ],
  [
    { ...note, type: "pin", title: "Called back", pinned: false },
    "Unpin “Called back”",
    "Couldn't unpin “Called back”",
    "Unpinned: Called back",
  ],
  [
    {
      key: "k",
      type: "edit account",
      id: "acc-1",
      base: { version: 3, fields: account },
      changes: { ownerId: "usr-1", plan: "Growth", name: "Northgate AB", mrr: "12" },
    },
    "Edit of Northgate: name, plan, owner, MRR",
    "Couldn't save Northgate",
    "Account edited: Northgate",
  ],
  [
    { ...note, type: "create note", row },
    "Note “Called back”",
    "Couldn't add “Called back”",
    "Note added: Called back",
  ],
  [
    { ...note, type: "create note", row: { ...row, kind: "call" } },
    "Call “Called back”",
    "Couldn't add “Called back”",
    "Call added: Called back",
  ],
  [
    { ...note, type: "delete note", title: "Called back", kind: "call" },
    "Delete call “Called back”",
    "Couldn't delete “Called back”",
    "Call deleted: Called back",
  ],
  [
    {
      ...{ ...note, type: "create task" },
      row: { ...task, id: "tsk-1", accountId: "acc-1", done: false, createdAt: row.at },
    },
    "Task “Call back”",
    "Couldn't add “Call back”",
    "Task added: Call back",
  ],
  [
    { ...note, type: "edit task", base: taskBase, changes: { done: "true" } },
    "Complete “Call back”",
    "Couldn't save “Call back”",
    "Task completed: Call back",
  ],
  [
    { ...note, type: "edit task", base: taskBase, changes: { done: "false", dueDate: "" } },
    "Edit of task “Call back”",
    "Couldn't save “Call back”",
    "Task edited: Call back",
  ],
  [
    { ...note, type: "delete task", title: "Call back" },
    "Delete task “Call back”",
    "Couldn't delete “Call back”",
    "Task deleted: Call back",
  ],
  [
    { ...note, type: "edit note", base, changes: { title: "Called twice" } },
    "Edit of note “Called back”",
    "Couldn't save “Called back”",
    "Note edited: Called back",
  ],
  [
    { ...note, type: "delete note", title: "Called back" },
    "Delete note “Called back”",
    "Couldn't delete “Called back”",
    "Note deleted: Called back",
  ],
];

test.each(cases)("a write is named after what it does: %j", (write, asked, failed, done) => {
  expect(describeWrite(write)).toBe(asked);
  expect(describeFailedWrite(write)).toBe(failed);
  expect(Object.values(describeDone(write)).join(": ")).toBe(done);
});

test("a long title is cut between characters, not within one", () => {
  const title = `${"👩".repeat(90)}`;
  expect(describeWrite({ ...note, type: "delete note", title })).toBe(
    `Delete note “${"👩".repeat(79)}…”`,
  );
});

const entry = (state: OutboxEntry["state"], error: Error | null = null): OutboxEntry => ({
  write: { ...note, type: "delete note", title: "Called back" },
  state,
  error,
  number: 1,
  draft: null,
  submittedAt: 0,
});

test("a waiting write says for what, and a failed one why", () => {
  expect(describeState(entry("waiting"), false)).toBe("Waiting for the network");
  expect(describeState(entry("waiting"), true)).toBe("Waiting for the server");
  expect(describeState(entry("failed", new ApiError("", 422)), true)).toBe(
    "Not saved: the server refused this",
  );
  expect(describeState(entry("failed"), true)).toBe("Not saved");
});

test("the counts begin with the states that need the user", () => {
  const entries = (["waiting", "failed", "waiting", "sending", "conflict"] as const).map((state) =>
    entry(state),
  );
  expect(describeCounts(entries)).toEqual(["1 conflict", "1 not saved", "2 waiting", "1 sending"]);
  expect(describeCounts([])).toEqual([]);
});
