import { type Task, taskSchema } from "#contract/rows.ts";
import { collection } from "./collection.ts";
import { defineQuery } from "./define-query.ts";

/**
 * The tasks of an account, done or not, by the day on which they are due. Other people set and complete them in the
 * course of a day: one minute.
 */
export const tasksQuery = defineQuery({
  ...collection("tasks", taskSchema, "accountId", compareTasks),
  freshFor: 60_000,
});

type TaskPlace = Pick<Task, "id" | "dueDate" | "createdAt">;

/** Soonest first, those without a day last; then in the order in which they were made. */
export function compareTasks(a: TaskPlace, b: TaskPlace): number {
  return (
    compareText(a.dueDate ?? "~", b.dueDate ?? "~") ||
    compareText(a.createdAt ?? "", b.createdAt ?? "") ||
    compareText(a.id, b.id)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
