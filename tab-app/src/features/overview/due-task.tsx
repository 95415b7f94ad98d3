import { useId, useRef } from "react";
import { regionalEnglish } from "#contract/regional-english.ts";
import { useMayWrite } from "#data/hooks/use-may-write.ts";
import { useSend } from "#data/hooks/use-send.ts";
import { fieldsOfTask } from "#data/outbox/fields.ts";
import type { TaskRow } from "#data/outbox/task-overlay.ts";
import { formatCalendarDate, formatShortDate } from "#shared/time/format-time.ts";
import { useNow } from "#shared/time/now.tsx";
import { UnconfirmedMark } from "#shared/unconfirmed/unconfirmed-mark.tsx";
import { Avatar } from "#shared/users/avatar.tsx";
import { useUsers } from "#shared/users/use-users.ts";
import styles from "./due-task.module.css";

const weekday = new Intl.DateTimeFormat(regionalEnglish(), { weekday: "long" });

export interface DueTaskProps {
  task: TaskRow;
  today: string;
  accountName: string | undefined;
  onOpen: (accountId: string) => void;
}

/** A task of any account: its box completes it, and its title leads to the account. */
export function DueTask({ task, today, accountName, onOpen }: DueTaskProps) {
  const { mutate: send } = useSend();
  const mayWrite = useMayWrite();
  const titleId = useId();
  const item = useRef<HTMLLIElement>(null);
  const { id, accountId, title, dueDate, done } = task;
  const now = useNow();
  const assignee = useUsers().get(task.assigneeId ?? "");

  function complete() {
    // The row leaves the list, and the next one has its place.
    const { current } = item;
    const next = current?.nextElementSibling ?? current?.previousElementSibling;
    const card = current?.closest<HTMLElement>("section[aria-busy]");
    const boxes = card ? [...card.querySelectorAll<HTMLElement>("input")] : [];
    const other = next?.querySelector("input") ?? boxes.find((box) => !current?.contains(box));
    other?.focus();
    const base = { version: task.version, fields: fieldsOfTask(task) };
    send({ type: "edit task", id, accountId, base, changes: { done: "true" } });
  }

  return (
    <li ref={item} className={styles.task}>
      <input
        type="checkbox"
        aria-labelledby={titleId}
        className={styles.check}
        checked={done}
        disabled={!mayWrite}
        onChange={complete}
      />
      <button type="button" className={styles.open} onClick={() => onOpen(accountId)}>
        <span id={titleId} className={styles.title} dir="auto">
          {title}
        </span>{" "}
        <span className={styles.account} dir="auto">
          {accountName}
        </span>
      </button>
      {task.unconfirmed && <UnconfirmedMark state={task.unconfirmed} />}
      {dueDate && (
        <time
          dateTime={dueDate}
          title={formatCalendarDate(dueDate)}
          className={styles.due}
          data-overdue={dueDate < today}
        >
          {/* Its group says the rest. */}
          {dueDate < today
            ? formatShortDate(noonOf(dueDate), now)
            : dueDate > today && weekday.format(noonOf(dueDate))}
        </time>
      )}
      <span className={styles.assignee} title={assignee?.name}>
        {assignee && <Avatar user={assignee} />}
        <span className="visually-hidden">{assignee?.name}</span>
      </span>
    </li>
  );
}

/** Of a day, where the user is. */
function noonOf(day: string): number {
  return Date.parse(`${day}T12:00:00`);
}
