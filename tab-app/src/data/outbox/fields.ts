import type { Account, Activity } from "#contract/rows.ts";
import type { AccountFields, NoteFields } from "./write.ts";

export function fieldsOfAccount(row: Account): AccountFields {
  const { name, ownerId, plan, status, notes } = row;
  return { name, ownerId: ownerId ?? "", plan, status, notes };
}

export function fieldsOfNote({ title, body = "" }: Pick<Activity, "title" | "body">): NoteFields {
  return { title, body };
}
