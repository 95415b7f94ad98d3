import * as z from "zod/mini";
import type { Account, Activity } from "#contract/rows.ts";

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
