import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { useMayWrite } from "#data/hooks/use-may-write.ts";
import { useTasks } from "#data/hooks/use-tasks.ts";
import { InlineProblem } from "#shared/problem/inline-problem.tsx";
import { selectByKey } from "#shared/select/select-by-key.ts";
import { useSelection } from "#shared/select/use-selection.ts";
import { Button } from "#ui/button.tsx";
import { NewTask } from "./new-task.tsx";
import { TaskItem } from "./task-item.tsx";
import styles from "./task-section.module.css";
import { TaskSelectionBar } from "./task-selection-bar.tsx";

export interface TaskSectionProps {
  accountId: string;
}

export function TaskSection({ accountId }: TaskSectionProps) {
  const { tasks, query } = useTasks(accountId);
  const mayWrite = useMayWrite();
  const [showsDone, setShowsDone] = useState(false);
  const section = useRef<HTMLElement>(null);
  const open = tasks.filter(({ done }) => !done);
  const done = tasks.filter((task) => task.done).reverse();
  const order = useMemo(() => {
    const [first, last] = [true, false].map((isOpen) =>
      tasks.filter((task) => task.done !== isOpen),
    );
    if (!mayWrite) return [];
    return [...(first ?? []), ...(showsDone ? (last ?? []).reverse() : [])].map(({ id }) => id);
  }, [tasks, showsDone, mayWrite]);
  const selection = useSelection(order);
  const focusAt = (index: number) => {
    const box = section.current?.querySelector<HTMLElement>(
      `[data-task="${CSS.escape(order[index] ?? "")}"] input`,
    );
    box?.focus();
    return box != null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const item =
      event.target instanceof Element && event.target.closest<HTMLElement>("[data-task]");
    const at = item ? order.indexOf(item.dataset.task ?? "") : -1;
    if (!selectByKey(event, at, { selection, ids: order, focusAt })) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const itemOf = (task: (typeof tasks)[number]) => (
    <TaskItem
      key={task.id}
      task={task}
      isSelected={selection.has(task.id)}
      onToggle={selection.toggle}
      onExtend={selection.extend}
    />
  );
  return (
    <section
      ref={section}
      aria-label="Tasks"
      className={styles.tasks}
      data-selecting={selection.ids.length > 0}
      onKeyDown={onKeyDown}
    >
      {query.error && (
        <InlineProblem error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
      )}
      {open.length > 0 && (
        <ul aria-label="Open tasks" className={styles.list}>
          {open.map(itemOf)}
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
          {done.map(itemOf)}
        </ul>
      )}
      {selection.ids.length > 0 && (
        <TaskSelectionBar
          tasks={tasks.filter(({ id }) => selection.has(id))}
          onDone={() => {
            const next = order.findIndex((id) => !selection.has(id));
            if (!focusAt(next)) section.current?.querySelector<HTMLElement>("form input")?.focus();
            selection.clear();
          }}
        />
      )}
    </section>
  );
}
