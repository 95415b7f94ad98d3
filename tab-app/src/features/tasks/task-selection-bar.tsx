import { Check } from "lucide-react";
import { useData } from "#data/hooks/use-data.ts";
import { fieldsOfTask, type TaskFields } from "#data/outbox/fields.ts";
import type { TaskRow } from "#data/outbox/task-overlay.ts";
import { SelectionBar } from "#shared/select/selection-bar.tsx";
import { useUsers } from "#shared/users/use-users.ts";
import { Button } from "#ui/button.tsx";
import styles from "./task-fields.module.css";

export interface TaskSelectionBarProps {
  tasks: readonly TaskRow[];
  /** Something was done to them, or they are to be let go. */
  onDone: () => void;
}

/** Does the same to all selected tasks, as one request that is taken back as one. */
export function TaskSelectionBar({ tasks, onDone }: TaskSelectionBarProps) {
  const { outbox } = useData();
  const users = [...useUsers().values()];
  const open = tasks.filter(({ done }) => !done);

  function edit(some: readonly TaskRow[], changes: Partial<TaskFields>) {
    onDone();
    void outbox.sendAll(
      some.map((task) => {
        const { id, accountId, version } = task;
        const base = { version, fields: fieldsOfTask(task) };
        return { type: "edit task", id, accountId, base, changes };
      }),
    );
  }

  return (
    <SelectionBar label="Selected tasks" count={tasks.length} onClear={onDone}>
      <Button
        size="sm"
        icon={<Check aria-hidden="true" />}
        onClick={() =>
          open.length > 0 ? edit(open, { done: "true" }) : edit(tasks, { done: "false" })
        }
      >
        {open.length > 0 ? "Complete" : "Reopen"}
      </Button>
      <select
        aria-label="Assign to"
        className={styles.field}
        value="-"
        onChange={({ target: { value } }) => {
          const others = tasks.filter((task) => (task.assigneeId ?? "") !== value);
          if (others.length > 0) edit(others, { assigneeId: value });
        }}
      >
        <option value="-" disabled hidden>
          Assign to…
        </option>
        <option value="">No assignee</option>
        {users.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </SelectionBar>
  );
}
