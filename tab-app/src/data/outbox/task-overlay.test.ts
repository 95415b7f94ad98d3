import { expect, test } from "vitest";
import type { Task } from "#contract/rows.ts";
import { fieldsOfTask } from "./fields.ts";
import type { OutboxEntry } from "./outbox.ts";
import { layOnTasks } from "./task-overlay.ts";
import type { NewWrite } from "./writes.ts";

const task = (id: string, more: Partial<Task> = {}): Task => ({
  id,
  accountId: "acc-1",
  title: id,
  dueDate: "2026-12-01",
  done: false,
  createdAt: `2026-11-0${id}T08:00:00.000Z`,
  version: 3,
  ...more,
});
const rows = [task("1"), task("2"), task("3", { dueDate: null })];
let number = 0;
const entry = (write: NewWrite, state: OutboxEntry["state"] = "sending"): OutboxEntry => ({
  write: { ...write, key: `k${++number}` },
  ...{ state, error: null, number, draft: null, submittedAt: 0 },
});
const create = (id: string, more: Partial<Task> = {}): NewWrite => {
  const { version: _, ...row } = task(id, { createdAt: "2020-01-01T00:00:00.000Z", ...more });
  return { type: "create task", id, accountId: row.accountId, row: row as never };
};
const edit = (row: Task, changes: object): NewWrite => ({
  ...{ type: "edit task", id: row.id, accountId: row.accountId, changes },
  base: { version: row.version, fields: fieldsOfTask(row) },
});
const shown = (entries: readonly OutboxEntry[], of = "acc-1") => layOnTasks(rows, entries, of);
const idsOf = (entries: readonly OutboxEntry[], of?: string) =>
  shown(entries, of).map(({ id }) => id);

test("a new task is the last of its day until the server has dated it, whatever the clock says", () => {
  expect(idsOf([entry(create("9"))])).toEqual(["1", "2", "9", "3"]);
  expect(idsOf([entry(create("9", { dueDate: null }))])).toEqual(["1", "2", "3", "9"]);
});

test("an edit is shown in its place at once, and taken back when it failed", () => {
  const first = rows[0] as Task;
  const moved = edit(first, { dueDate: "", done: "true" });
  expect(idsOf([entry(moved)])).toEqual(["2", "1", "3"]);
  expect(shown([entry(moved)])[1]).toMatchObject({ done: true, unconfirmed: "sending" });
  expect(shown([entry(moved, "failed")])).toBe(rows);
});

test("a deleted task is gone at once, and tasks of another account are not shown", () => {
  const remove: NewWrite = { type: "delete task", id: "2", accountId: "acc-1", title: "2" };
  expect(idsOf([entry(remove)])).toEqual(["1", "3"]);
  expect(idsOf([entry(create("9", { accountId: "acc-2" }))])).toEqual(["1", "2", "3"]);
});
