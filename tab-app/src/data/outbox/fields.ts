import * as z from "zod/mini";
import type { AccountDetails, Activity, Task } from "#contract/rows.ts";

/** The editable fields of an account, as text in a form. No owner, no number and no day are "". */
export const accountFieldsSchema = z.object({
  name: z.string(),
  ownerId: z.string(),
  plan: z.string(),
  status: z.string(),
  notes: z.string(),
  /** As JavaScript writes the number: `1250.5`. */
  mrr: z.string(),
  renewalDate: z.string(),
  industry: z.string(),
  city: z.string(),
  since: z.string(),
});
export type AccountFields = z.infer<typeof accountFieldsSchema>;
export type AccountField = keyof AccountFields;
export const accountFieldNames = [
  "name",
  "status",
  "plan",
  "ownerId",
  "mrr",
  "renewalDate",
  "industry",
  "city",
  "since",
  "notes",
] as const;

/**
 * All fields as an edit began from them. What an earlier version of the app stored lacks some: its edit does not change
 * those, so that it does not matter what they were.
 */
export const heldAccountFieldsSchema = z.object({
  ...accountFieldsSchema.shape,
  mrr: z._default(z.string(), ""),
  renewalDate: z._default(z.string(), ""),
  industry: z._default(z.string(), ""),
  city: z._default(z.string(), ""),
  since: z._default(z.string(), ""),
});

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

export function fieldsOfAccount(row: AccountDetails): AccountFields {
  const fields = accountFieldNames.map((name) => [name, String(row[name] ?? "")]);
  return Object.fromEntries(fields) as AccountFields;
}

/** Some of the fields of a form. */
export type Changes<T> = { readonly [F in keyof T]?: T[F] | undefined };

/** As the API names and types them: what is emptied is null, but for what may be an empty text. */
export function rowOfFields(fields: Changes<AccountFields>): Partial<AccountDetails> {
  const { name, plan, status, notes, mrr, ...others } = defined(fields);
  return {
    ...defined({ name, plan, status, notes }),
    ...Object.fromEntries(Object.entries(others).map(([field, text]) => [field, text || null])),
    ...(mrr !== undefined && { mrr: mrr === "" ? null : Number(mrr) }),
  };
}

export function fieldsOfNote({ title, body = "" }: Pick<Activity, "title" | "body">): NoteFields {
  return { title, body };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

export function defined<T extends object>(fields: T): Defined<T> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Defined<T>;
}
