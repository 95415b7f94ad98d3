import * as z from "zod/mini";
import { type Task, taskSchema } from "#contract/rows.ts";
import type { Change, Effect } from "#sync";
import { defineQuery } from "./define-query.ts";
import { rowOf, snapshotOf } from "./snapshot.ts";

/** More are not shown at once. */
export const maxDueTasks = 100;

const schema = snapshotOf({ rows: z.array(taskSchema), more: z.boolean() });
type DueTasks = z.infer<typeof schema>;

/**
 * Open tasks of all accounts that are due on a day or before it, soonest first: the id says whose, and until when, as
 * `toDueTasksQuery` writes it.
 */
export const dueTasksQuery = defineQuery({
  kind: "due tasks",
  schema,
  select: (data: DueTasks) => data,
  async read({ api, signal }, id: string): Promise<DueTasks> {
    const path = `/tasks?${id}&_sort=dueDate,createdAt&_limit=${maxDueTasks}`;
    const { value, total, asOf } = await api.get(path, z.array(taskSchema), signal);
    return { rows: value.toSorted(compareDue), more: (total ?? 0) > value.length, asOf };
  },
  effect: effectOfTask,
  freshFor: 60_000,
  lend: () => true,
});

/** In json-server's parameters, in one canonical order. `lastDay` as `2026-11-30`; null for the tasks of everybody. */
export function toDueTasksQuery(assigneeId: string | null, lastDay: string): string {
  const whose = assigneeId === null ? {} : { assigneeId };
  return String(new URLSearchParams({ ...whose, done: "false", dueDate_lte: lastDay }));
}

/** Whether json-server would answer the query with the task. */
export function isDueIn(query: URLSearchParams, { done, dueDate, assigneeId }: Task): boolean {
  const whose = query.get("assigneeId");
  const isWhose = whose === null || assigneeId === whose;
  return isWhose && !done && dueDate != null && dueDate <= String(query.get("dueDate_lte"));
}

function effectOfTask(change: Change, data: DueTasks, id: string): Effect {
  if (change.resource !== "tasks") return "none";
  const held = data.rows.find((row) => row.id === change.id);
  if (held && held.version >= change.version) return "known";
  const row = change.op === "delete" ? null : rowOf(change, taskSchema);
  if (change.op !== "delete" && !row) return "stale";
  const isIn = row !== null && isDueIn(new URLSearchParams(id), row);
  if (!held && !isIn) return "none";
  const rest = data.rows.filter((each) => each !== held);
  if (!isIn) return data.more ? "stale" : { patched: { ...data, rows: rest } };
  const rows = [...rest, row].sort(compareDue);
  if (!data.more && rows.length <= maxDueTasks) return { patched: { ...data, rows } };
  // Beyond the last of these the server has others, and of equal ones it has an order of its own.
  const last = rows.at(-1);
  const next = rows.at(-2);
  if (held || (last && next && placeOf(last) === placeOf(next))) return "stale";
  return last === row ? "none" : { patched: { ...data, rows: rows.slice(0, -1), more: true } };
}

/** As the server sorts: what has no time comes last in its day. */
function placeOf({ dueDate, createdAt }: Task): string {
  return `${dueDate} ${createdAt ?? "~"}`;
}

export function compareDue(a: Task, b: Task): number {
  const [one, other] = [a, b].map((task) => `${placeOf(task)} ${task.id}`);
  return String(one) < String(other) ? -1 : 1;
}
