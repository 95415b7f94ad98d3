import { type FormEvent, useState } from "react";
import { useSend } from "#data/hooks/use-send.ts";
import { fieldsOfTask } from "#data/outbox/fields.ts";
import type { TaskRow } from "#data/outbox/task-overlay.ts";
import { Button } from "#ui/button.tsx";
import { TaskFields } from "./task-fields.tsx";
import styles from "./task-form.module.css";

export interface EditTaskProps {
  task: TaskRow;
  onClose: () => void;
  onDelete: () => void;
}

export function EditTask({ task, onClose, onDelete }: EditTaskProps) {
  const { mutate: send } = useSend();
  // The base of the edit stays the same when the task changes meanwhile.
  const [base] = useState({ version: task.version, fields: fieldsOfTask(task) });
  const [typed, setTyped] = useState<Partial<(typeof base)["fields"]>>({});
  const fields = { ...base.fields, ...typed };

  function save(event: FormEvent) {
    event.preventDefault();
    const title = fields.title.trim();
    if (title === "") return;
    const { dueDate, assigneeId } = fields;
    const changes = {
      ...(title !== base.fields.title && { title }),
      ...(dueDate !== base.fields.dueDate && { dueDate }),
      ...(assigneeId !== base.fields.assigneeId && { assigneeId }),
    };
    const { id, accountId } = task;
    if (Object.keys(changes).length > 0) send({ type: "edit task", id, accountId, base, changes });
    onClose();
  }

  return (
    <form
      aria-label="Edit task"
      className={styles.form}
      onSubmit={save}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      <TaskFields
        values={fields}
        titleRef={focusOnce}
        onChange={(changes) => setTyped({ ...typed, ...changes })}
      />
      <Button type="submit" variant="primary" size="sm">
        Save
      </Button>
      <Button variant="ghost" size="sm" onClick={onClose}>
        Cancel
      </Button>
      <Button variant="ghost" size="sm" className={styles.delete} onClick={onDelete}>
        Delete
      </Button>
    </form>
  );
}

function focusOnce(field: HTMLInputElement | null): void {
  field?.focus();
}
