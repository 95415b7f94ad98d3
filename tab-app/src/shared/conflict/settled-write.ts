import * as z from "zod/mini";
import type { ConflictError } from "#data/outbox/conflict-error.ts";
import {
  accountFieldsSchema,
  heldAccountFieldsSchema,
  noteFieldsSchema,
  taskFieldsSchema,
} from "#data/outbox/fields.ts";
import { type Fields, mergeEdit, settleConflicts } from "#data/outbox/merge-edit.ts";
import type { NewWrite, Write } from "#data/outbox/writes.ts";

export type EditWrite = Extract<Write, { base: unknown }>;

export function isEdit(write: Write): write is EditWrite {
  return "base" in write;
}

/** The write that remains of a conflicting edit after the user's choice, based on their row; null when nothing remains. */
export function settledWrite(
  { key: _, ...write }: EditWrite,
  { version, fields: theirs }: ConflictError["theirs"],
  chosen: Partial<Fields>,
): NewWrite | null {
  const mine = Object.entries(write.changes).filter(([, value]) => value !== undefined);
  const merge = mergeEdit<Fields>(write.base.fields, Object.fromEntries(mine), theirs);
  const left = settleConflicts(merge, chosen);
  if (Object.keys(left).length === 0) return null;
  if (write.type === "edit account") {
    const fields = heldAccountFieldsSchema.parse(theirs);
    const changes = z.partial(accountFieldsSchema).parse(left);
    return { ...write, base: { version, fields }, changes };
  }
  if (write.type === "edit task") {
    const fields = taskFieldsSchema.parse(theirs);
    const changes = z.partial(taskFieldsSchema).parse(left);
    return { ...write, base: { version, fields }, changes };
  }
  const fields = noteFieldsSchema.parse(theirs);
  return { ...write, base: { version, fields }, changes: z.partial(noteFieldsSchema).parse(left) };
}
