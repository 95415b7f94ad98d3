import { type Ref, useId, useImperativeHandle, useState } from "react";
import { flushSync } from "react-dom";
import { useAccountNames } from "#data/hooks/use-account-names.ts";
import { useDueTasks } from "#data/hooks/use-due-tasks.ts";
import type { TaskRow } from "#data/outbox/task-overlay.ts";
import { InlineProblem } from "#shared/problem/inline-problem.tsx";
import { Button } from "#ui/button.tsx";
import styles from "./card.module.css";
import { CardSkeleton } from "./card-skeleton.tsx";
import { DueTask } from "./due-task.tsx";

type Group = "overdue" | "today" | "soon";

export interface DueTasksHandle {
  /** Shows all tasks of a group, and gives it the focus. */
  show(group: Group): void;
}

export interface DueTasksProps {
  ref: Ref<DueTasksHandle>;
  today: string;
  isEnabled: boolean;
  onOpen: (accountId: string) => void;
}

const groups: readonly { readonly group: Group; readonly title: string }[] = [
  { group: "overdue", title: "Overdue" },
  { group: "today", title: "Today" },
  { group: "soon", title: "Next 7 days" },
];

/** Of each group so many are shown at first. */
const few = 4;

/** What is overdue or due within a week, to be done here and looked at where it belongs. */
export function DueTasks({ ref, today, isEnabled, onOpen }: DueTasksProps) {
  const { tasks, more, query } = useDueTasks(today, isEnabled);
  const [open, setOpen] = useState<ReadonlySet<Group>>(new Set());
  const id = useId();
  const groupOf = ({ dueDate }: TaskRow): Group =>
    !dueDate || dueDate > today ? "soon" : dueDate < today ? "overdue" : "today";
  const shown = groups
    .map(({ group, title }) => ({
      group,
      title,
      all: tasks.filter((task) => groupOf(task) === group),
    }))
    .filter(({ all }) => all.length > 0)
    .map((each) => ({ ...each, rows: open.has(each.group) ? each.all : each.all.slice(0, few) }));
  const names = useAccountNames(shown.flatMap(({ rows }) => rows.map((task) => task.accountId)));
  const expand = (group: Group) => setOpen((before) => new Set([...before, group]));

  useImperativeHandle(ref, () => ({
    show(group) {
      flushSync(() => expand(group));
      document.getElementById(`${id} ${group}`)?.focus();
    },
  }));

  return (
    <section
      className={styles.card}
      aria-label="Tasks to do"
      aria-busy={query.isLoading || !isEnabled}
    >
      <h3 className={styles.title}>Tasks</h3>
      {query.error && (
        <InlineProblem error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
      )}
      {!query.data && !query.error && <CardSkeleton />}
      {query.data && shown.length === 0 && <p className={styles.none}>Nothing is due this week.</p>}
      {shown.map(({ group, title, all, rows }) => (
        <section key={group} aria-labelledby={`${id} ${group}`}>
          <h4 id={`${id} ${group}`} tabIndex={-1} className={styles.group} data-group={group}>
            {title} <span className={styles.count}>{all.length}</span>
          </h4>
          <ul>
            {rows.map((task) => (
              <DueTask
                key={task.id}
                task={task}
                today={today}
                accountName={names.get(task.accountId)}
                onOpen={onOpen}
              />
            ))}
          </ul>
          {rows.length < all.length && (
            <Button size="sm" variant="ghost" className={styles.more} onClick={() => expand(group)}>
              Show all {all.length}
            </Button>
          )}
        </section>
      ))}
      {more && <p className={styles.none}>The {tasks.length} that are due first are shown.</p>}
    </section>
  );
}
