import type { Ref } from "react";
import { firstCharacters } from "#contract/characters.ts";
import { titleLimit } from "#contract/rows.ts";
import { useUsers } from "#shared/users/use-users.ts";
import styles from "./task-fields.module.css";

export interface TaskValues {
  readonly title: string;
  /** `2026-01-31`; "" for none. */
  readonly dueDate: string;
  /** "" for nobody. */
  readonly assigneeId: string;
}

export interface TaskFieldsProps {
  values: TaskValues;
  onChange: (changes: Partial<TaskValues>) => void;
  placeholder?: string;
  titleRef?: Ref<HTMLInputElement>;
}

/** What a task is, until when and by whom. Native controls: they bring their keys and the pickers of the system. */
export function TaskFields({ values, onChange, placeholder, titleRef }: TaskFieldsProps) {
  const users = [...useUsers().values()];
  const { title, dueDate, assigneeId } = values;
  const isKnown = assigneeId === "" || users.some(({ id }) => id === assigneeId);
  return (
    <>
      <input
        ref={titleRef}
        aria-label="Task"
        className={styles.title}
        dir="auto"
        autoComplete="off"
        placeholder={placeholder}
        value={title}
        onChange={(event) => onChange({ title: firstCharacters(event.target.value, titleLimit) })}
      />
      <input
        type="date"
        aria-label="Due"
        className={styles.field}
        min="1900-01-01"
        value={dueDate}
        onChange={(event) => onChange({ dueDate: event.target.value })}
      />
      <select
        aria-label="Assignee"
        className={styles.field}
        value={assigneeId}
        onChange={(event) => onChange({ assigneeId: event.target.value })}
      >
        <option value="">No assignee</option>
        {!isKnown && <option value={assigneeId}>{assigneeId}</option>}
        {users.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </>
  );
}
