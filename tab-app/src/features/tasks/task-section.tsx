import { useState } from "react";
import { useMayWrite } from "#data/hooks/use-may-write.ts";
import { useTasks } from "#data/hooks/use-tasks.ts";
import { InlineProblem } from "#shared/problem/inline-problem.tsx";
import { Button } from "#ui/button.tsx";
import { NewTask } from "./new-task.tsx";
import { TaskItem } from "./task-item.tsx";
import styles from "./task-section.module.css";

export interface TaskSectionProps {
  accountId: string;
}

export function TaskSection({ accountId }: TaskSectionProps) {
  const { tasks, query } = useTasks(accountId);
  const mayWrite = useMayWrite();
  const [showsDone, setShowsDone] = useState(false);
  const open = tasks.filter(({ done }) => !done);
  const done = tasks.filter((task) => task.done).reverse();
  return (
    <section aria-label="Tasks" className={styles.tasks}>
      {query.error && (
        <InlineProblem error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
      )}
      {open.length > 0 && (
        <ul aria-label="Open tasks" className={styles.list}>
          {open.map((task) => (
            <TaskItem key={task.id} task={task} />
          ))}
        </ul>
      )}
      {mayWrite && <NewTask key={accountId} accountId={accountId} />}
      {done.length > 0 && (
        <Button
          size="sm"
          variant="ghost"
          className={styles.more}
          aria-expanded={showsDone}
          onClick={() => setShowsDone(!showsDone)}
        >
          {showsDone ? "Hide done" : `${done.length} done`}
        </Button>
      )}
      {showsDone && done.length > 0 && (
        <ul aria-label="Done tasks" className={styles.list}>
          {done.map((task) => (
            <TaskItem key={task.id} task={task} />
          ))}
        </ul>
      )}
    </section>
  );
}
