import * as z from "zod/mini";

/** What a field held; null for nothing. */
const value = z.unknown();

/** One accepted write to an account. */
export const historyEntrySchema = z.object({
  /** The revision of its change. */
  rev: z.int(),
  /** When the server accepted it, RFC 3339 in UTC. */
  at: z.string(),
  /** The user who wrote it; null for edits by hand, other programs and guests. */
  authorId: z.nullable(z.string()),
  op: z.enum(["create", "update", "delete"]),
  /** The fields that it changed. */
  fields: z.record(z.string(), z.object({ before: value, after: value })),
});
export type HistoryEntry = Readonly<z.infer<typeof historyEntrySchema>>;

/** Newest first. `GET /changes/accounts/<id>?before=<rev>&limit=<entries>` */
export const historyPageSchema = z.object({
  entries: z.array(historyEntrySchema),
  more: z.boolean(),
});
export type HistoryPage = Readonly<z.infer<typeof historyPageSchema>>;
