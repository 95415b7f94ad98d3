import type { Task } from "#contract/rows.ts";
import { compareTasks } from "#data/queries/tasks.ts";
import { isPending, type OutboxEntry } from "./outbox.ts";
import { type LaidRow, layWrites } from "./overlay.ts";
import { isTo, kindOf } from "./writes.ts";

/** A task as it is shown: server truth, with what the user did and the server has not yet answered. */
export type TaskRow = LaidRow<"tasks">;

/** Lays pending writes over the tasks of an account, as `layOnFeed` does over a feed. */
export function layOnTasks(
  tasks: readonly Task[],
  entries: readonly OutboxEntry[],
  accountId: string | null,
): readonly TaskRow[] {
  const writes = entries.filter(isPending).filter(({ write }) => isTo("tasks", kindOf(write)));
  if (writes.length === 0) return tasks;
  const shown = new Map<string, TaskRow>(tasks.map((task) => [task.id, task]));
  layWrites("tasks", shown, writes, accountId);
  return [...shown.values()].sort(compareShown);
}

/** What the server has not dated yet is the last of its day, whatever the clock here says. */
function compareShown(a: TaskRow, b: TaskRow): number {
  const isSameDay = (a.dueDate ?? null) === (b.dueDate ?? null);
  const [aNew, bNew] = [a, b].map(({ version }) => Number(version === 0));
  return (isSameDay && (aNew ?? 0) - (bNew ?? 0)) || compareTasks(a, b);
}
