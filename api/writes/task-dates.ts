import type { Row } from "#api/rows/document.ts";

/** A new task. One that is made as it was before brings its times. */
export function newTask(row: Row, now: string): Row {
  const { doneAt, ...task } = row;
  const done = row.done === true;
  const createdAt = row.createdAt ?? now;
  return { ...task, done, createdAt, ...(done && { doneAt: doneAt ?? now }) };
}

/** A changed task: `createdAt` stays, and `doneAt` is the time of the write that completed it. */
export function changedTask(before: Row, next: Row, now: string): Row {
  const done = next.done === true;
  const task = { ...next, done, ...present(before, "createdAt") };
  if (done === (before.done === true)) return { ...task, ...present(before, "doneAt") };
  if (done) return { ...task, doneAt: now };
  const { doneAt: _, ...open } = task as Row;
  return open;
}

function present(row: Row, name: string): Row {
  return Object.hasOwn(row, name) ? { [name]: row[name] } : {};
}
