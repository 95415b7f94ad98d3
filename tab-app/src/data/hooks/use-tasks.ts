import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { layOnTasks } from "#data/outbox/task-overlay.ts";
import { tasksQuery } from "#data/queries/tasks.ts";
import { useData } from "./use-data.ts";
import { useOutbox } from "./use-work.ts";

/** The tasks of an account, soonest first, with this tab's pending writes laid over them. */
export function useTasks(accountId: string | null) {
  const query = useQuery(tasksQuery(useData(), accountId));
  const outbox = useOutbox();
  const tasks = useMemo(
    () => layOnTasks(query.data ?? [], outbox, accountId),
    [query.data, outbox, accountId],
  );
  return { tasks, query };
}
