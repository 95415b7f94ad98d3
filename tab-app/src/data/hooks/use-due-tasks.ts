import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { isPending } from "#data/outbox/outbox.ts";
import { layWrites } from "#data/outbox/overlay.ts";
import type { TaskRow } from "#data/outbox/task-overlay.ts";
import { addDays } from "#data/queries/account-filter.ts";
import { compareDue, dueTasksQuery, isDueIn, toDueTasksQuery } from "#data/queries/due-tasks.ts";
import { useData } from "./use-data.ts";
import { useOutbox, useSession } from "./use-work.ts";

/** Days from today on in which a task counts as due soon. */
const daysAhead = 7;

/**
 * Open tasks of the signed-in user, or of everybody, that are overdue or due within a week, with this tab's pending writes laid over
 * them. Only a server that keeps a log is asked.
 */
export function useDueTasks(today: string, isEnabled: boolean) {
  const data = useData();
  const { who } = useSession();
  const id = toDueTasksQuery(who.kind === "user" ? who.id : null, addDays(today, daysAhead));
  const query = useQuery({ ...dueTasksQuery(data, id), enabled: isEnabled });
  const outbox = useOutbox();
  const tasks = useMemo(() => {
    const filter = new URLSearchParams(id);
    const shown = new Map<string, TaskRow>(query.data?.rows.map((task) => [task.id, task]));
    // A new task of this tab enters once the server has confirmed it.
    layWrites("tasks", shown, outbox.filter(isPending), null);
    return [...shown.values()].filter((task) => isDueIn(filter, task)).sort(compareDue);
  }, [query.data, outbox, id]);
  return { tasks, more: query.data?.more ?? false, query };
}
