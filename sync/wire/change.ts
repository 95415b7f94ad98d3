import * as z from "zod/mini";

// One kind of check throughout: every tab loads each kind that is used.
export const textSchema = (most: number) =>
  z.string().check(z.refine((text) => text.length > 0 && text.length <= most));
const id = textSchema(200);
export const revSchema = z.number().check(z.refine((rev) => Number.isSafeInteger(rev) && rev >= 0));
const parents = z
  .record(textSchema(64), id)
  .check(z.refine((ids) => Object.keys(ids).length <= 16));

const derived = z
  .record(textSchema(401), z.record(textSchema(64), z.unknown()))
  .check(z.refine((rows) => Object.keys(rows).length <= 16));

const write = {
  /** The collection: `accounts`, `activities`, `users`, … */
  resource: id,
  id,
  op: z.literal(["create", "update", "delete"]),
  /** The row after the change. Missing on delete, and where it is too large to travel. */
  row: z.optional(z.looseObject({})),
  /** The tab that wrote it; missing for other programs and edits by hand. */
  origin: z.optional(id),
};

/**
 * One accepted write to one row, as the server logged it. It has the same form on every path (channel,
 * change stream, catch-up), so a tab that receives it twice recognises it by `rev`.
 */
export const changeSchema = z.object({
  /** Its position in the log. */
  rev: revSchema,
  /** The row's version after the change; the same number as `rev`. */
  version: revSchema,
  /** Ids of the rows that it belongs to, by name: a tab that never held the row still knows which queries it concerns. */
  parents,
  ...write,
  /**
   * Fields of other rows that the server derives from this one, as they were right after the change, by
   * `resource/id`: a tab that holds such a row need not read it again.
   */
  derived: z.optional(derived),
});

export interface Change extends z.infer<typeof changeSchema> {}

/** A write to a server that keeps no log: it has no revision. */
export const localChangeSchema = z.object({ parents: z.optional(parents), ...write });

export interface LocalChange extends z.infer<typeof localChangeSchema> {}
