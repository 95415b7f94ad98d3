import { useId, useRef, useState } from "react";
import { useMayWrite } from "#data/hooks/use-may-write.ts";
import { useSend } from "#data/hooks/use-send.ts";
import { useToday } from "#data/hooks/use-today.ts";
import { fieldsOfTask } from "#data/outbox/fields.ts";
import type { TaskRow } from "#data/outbox/task-overlay.ts";
import { ConflictMark } from "#shared/conflict/conflict-mark.tsx";
import { SelectBox } from "#shared/select/select-box.tsx";
import { formatDue } from "#shared/time/due.ts";
import { formatCalendarDate } from "#shared/time/format-time.ts";
import { UnconfirmedMark } from "#shared/unconfirmed/unconfirmed-mark.tsx";
import { Avatar } from "#shared/users/avatar.tsx";
import { useUsers } from "#shared/users/use-users.ts";
import { EditTask } from "./edit-task.tsx";
import styles from "./task-item.module.css";
import { useDeleteTask } from "./use-delete-task.ts";

export interface TaskItemProps {
  task: TaskRow;
  isSelected: boolean;
  onToggle: (id: string) => void;
  onExtend: (id: string) => void;
}

export function TaskItem({ task, isSelected, onToggle, onExtend }: TaskItemProps) {
  const { mutate: send } = useSend();
  const mayWrite = useMayWrite();
  const deleteTask = useDeleteTask();
  const titleId = useId();
  const item = useRef<HTMLLIElement>(null);
  const [isEditing, setEditing] = useState(false);
  const { id, accountId, title, dueDate, done } = task;
  const assignee = useUsers().get(task.assigneeId ?? "");
  const today = useToday();

  /** The row is about to leave its list, and may have the focus. */
  function passFocus() {
    const { current } = item;
    if (!current?.contains(document.activeElement)) return;
    const next = current.nextElementSibling ?? current.previousElementSibling;
    const field =
      next?.querySelector("input") ?? current.closest("section")?.querySelector("form input");
    if (field instanceof HTMLElement) field.focus();
  }

  function complete() {
    passFocus();
    const base = { version: task.version, fields: fieldsOfTask(task) };
    send({ type: "edit task", id, accountId, base, changes: { done: done ? "false" : "true" } });
  }

  if (isEditing) {
    const stop = () => setEditing(false);
    return (
      <li ref={item}>
        <EditTask
          task={task}
          onClose={stop}
          onDelete={() => {
            passFocus();
            deleteTask(task);
          }}
        />
      </li>
    );
  }
  return (
    <li
      ref={item}
      className={styles.task}
      data-task={id}
      data-done={done}
      data-selected={isSelected}
    >
      <input
        type="checkbox"
        aria-labelledby={titleId}
        className={styles.check}
        checked={done}
        disabled={!mayWrite}
        onChange={complete}
      />
      <button
        id={titleId}
        type="button"
        dir="auto"
        className={styles.title}
        title={mayWrite ? "Edit" : undefined}
        disabled={!mayWrite}
        onClick={(event) => {
          if (event.shiftKey) onExtend(id);
          else if (event.ctrlKey || event.metaKey) onToggle(id);
          else setEditing(true);
        }}
      >
        {title}
      </button>
      {task.unconfirmed && <UnconfirmedMark state={task.unconfirmed} />}
      <ConflictMark type="edit task" id={id} />
      {dueDate && (
        <time
          dateTime={dueDate}
          title={formatCalendarDate(dueDate)}
          className={styles.due}
          data-overdue={!done && dueDate < today}
        >
          {done ? formatCalendarDate(dueDate) : formatDue(dueDate, today)}
        </time>
      )}
      {assignee && (
        <span className={styles.assignee} title={assignee.name}>
          <Avatar user={assignee} />
          <span className="visually-hidden">{assignee.name}</span>
        </span>
      )}
      <SelectBox
        id={id}
        title={title}
        isSelected={isSelected}
        className={styles.select}
        toggle={onToggle}
        extend={onExtend}
      />
    </li>
  );
}
