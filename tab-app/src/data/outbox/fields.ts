import * as z from "zod/mini";
import type { Account, Activity, Task } from "#contract/rows.ts";

/** The editable fields of an account, as text in a form. No owner is "". */
export const accountFieldsSchema = z.object({
  name: z.string(),
  ownerId: z.string(),
  plan: z.string(),
  status: z.string(),
  notes: z.string(),
});
export type AccountFields = z.infer<typeof accountFieldsSchema>;
export type AccountField = keyof AccountFields;
export const accountFieldNames = ["name", "status", "plan", "ownerId", "notes"] as const;

/** The editable fields of a note: its first line, and what follows. */
export const noteFieldsSchema = z.object({ title: z.string(), body: z.string() });
export type NoteFields = z.infer<typeof noteFieldsSchema>;

/** The editable fields of a task, as text. No day and no assignee are "". */
export const taskFieldsSchema = z.object({
  title: z.string(),
  dueDate: z.string(),
  assigneeId: z.string(),
  done: z.enum(["true", "false"]),
});
export type TaskFields = z.infer<typeof taskFieldsSchema>;

export function fieldsOfTask({ title, dueDate, assigneeId, done }: Task): TaskFields {
  return {
    title,
    dueDate: dueDate ?? "",
    assigneeId: assigneeId ?? "",
    done: done ? "true" : "false",
  };
}

/** As the API names and types them. */
export function taskOfFields({ title, dueDate, assigneeId, done }: Changes<TaskFields>) {
  return defined({
    title,
    dueDate: dueDate === "" ? null : dueDate,
    assigneeId: assigneeId === "" ? null : assigneeId,
    done: done && done === "true",
  });
}

export function fieldsOfAccount(row: Account): AccountFields {
  const { name, ownerId, plan, status, notes } = row;
  return { name, ownerId: ownerId ?? "", plan, status, notes };
}

/** Some of the fields of a form. */
export type Changes<T> = { readonly [F in keyof T]?: T[F] | undefined };

/** As the API names and types them. */
export function rowOfFields({ ownerId, ...fields }: Changes<AccountFields>): Partial<Account> {
  return { ...defined(fields), ...(ownerId !== undefined && { ownerId: ownerId || null }) };
}

export function fieldsOfNote({ title, body = "" }: Pick<Activity, "title" | "body">): NoteFields {
  return { title, body };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

export function defined<T extends object>(fields: T): Defined<T> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Defined<T>;
}
