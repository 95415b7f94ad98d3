import { type FormEvent, useMemo, useRef } from "react";
import * as z from "zod/mini";
import { useData } from "#data/hooks/use-data.ts";
import { useSend } from "#data/hooks/use-send.ts";
import { useDraft, useSession } from "#data/hooks/use-work.ts";
import { newTaskSubject } from "#data/storage/draft-subject.ts";
import { randomDigits } from "#data/tabs/tab-id.ts";
import { useCommand } from "#shared/commands/use-command.ts";
import { Button } from "#ui/button.tsx";
import { TaskFields, type TaskValues } from "./task-fields.tsx";
import styles from "./task-form.module.css";

const draftSchema = z.object({ title: z.string(), dueDate: z.string(), assigneeId: z.string() });

/** The form for a new task. What was typed is the draft, so it survives a reload. */
export function NewTask({ accountId }: { accountId: string }) {
  const { drafts } = useData();
  const { who } = useSession();
  const { mutate: send } = useSend();
  const subject = newTaskSubject(accountId);
  const draft = useDraft(subject);
  const typed = useMemo(() => draftSchema.safeParse(draft?.value).data, [draft]);
  const userId = who.kind === "user" ? who.id : null;
  const values: TaskValues = typed ?? { title: "", dueDate: "", assigneeId: userId ?? "" };
  const title = values.title.trim();
  const field = useRef<HTMLInputElement>(null);
  useCommand("tasks", () => field.current?.focus());

  function add(event: FormEvent) {
    event.preventDefault();
    if (title === "") return;
    const id = `tsk-${randomDigits()}${randomDigits()}`;
    send({
      type: "create task",
      id,
      accountId,
      row: {
        id,
        accountId,
        title,
        dueDate: values.dueDate || null,
        assigneeId: values.assigneeId || null,
        done: false,
        createdAt: new Date().toISOString(),
        authorId: userId,
      },
    });
    drafts.remove(subject);
  }

  return (
    <form aria-label="New task" className={styles.form} onSubmit={add}>
      <TaskFields
        values={values}
        placeholder="Add a task…"
        titleRef={field}
        onChange={(changes) => {
          const next = { ...values, ...changes };
          if (next.title === "" && next.dueDate === "") drafts.remove(subject);
          else drafts.put(subject, next);
        }}
      />
      {title !== "" && (
        <Button type="submit" variant="primary" size="sm">
          Add task
        </Button>
      )}
    </form>
  );
}
