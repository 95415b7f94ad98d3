import * as z from "zod";
import { activitySchema } from "#contract/rows.ts";

const id = z.string().min(1).max(200);

/** The fields of an account that people edit. Text as it stands in the form; no owner is "". */
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

/** A note as it is written: the first line is its title, what follows its body. */
export const noteFieldsSchema = z.object({ title: z.string(), body: z.string() });
export type NoteFields = z.infer<typeof noteFieldsSchema>;

/** What somebody began to edit from: the fields that were shown, of that version of the row. */
const baseOf = <T extends z.ZodType>(fields: T) => z.object({ version: z.int(), fields });

/** Names a write for good: its idempotency key, and its name in the queue on disk. */
const key = z.string().regex(/^[\w-]{1,64}$/);

/**
 * Everything that a user can ask of the server, as data: a write survives a reload, and whoever finds
 * it knows all that is needed to send it.
 */
export const writeSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("pin"),
    key,
    id,
    accountId: id,
    /** For people: the row as they know it. */
    title: z.string(),
    pinned: z.boolean(),
  }),
  z.object({
    type: z.literal("edit account"),
    key,
    id,
    base: baseOf(accountFieldsSchema),
    /** Only what differs from `base`. */
    changes: accountFieldsSchema.partial(),
  }),
  z.object({
    type: z.literal("create note"),
    key,
    id,
    accountId: id,
    /** The whole row, but for its version; its id is ours, so that what follows can name it. */
    row: activitySchema.omit({ version: true }),
  }),
  z.object({
    type: z.literal("edit note"),
    key,
    id,
    accountId: id,
    base: baseOf(noteFieldsSchema),
    changes: noteFieldsSchema.partial(),
  }),
  z.object({
    type: z.literal("delete note"),
    key,
    id,
    accountId: id,
    title: z.string(),
  }),
]);

export type Write = z.infer<typeof writeSchema>;
export type WriteOf<T extends Write["type"]> = Extract<Write, { type: T }>;

/** A write without its key, which the outbox gives. */
export type NewWrite = Write extends infer W ? (W extends Write ? Omit<W, "key"> : never) : never;

/** Writes of one row are sent one after the other, so that the later one wins on the server too. */
export function scopeOf(write: Write): string {
  return `${write.type === "edit account" ? "accounts" : "activities"}/${write.id}`;
}
