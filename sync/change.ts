import * as z from "zod/mini";

// One kind of check throughout: every tab loads each kind that is used.
export const textSchema = (most: number) =>
  z.string().check(z.refine((text) => text.length > 0 && text.length <= most));
const id = textSchema(200);
export const revSchema = z.number().check(z.refine((rev) => Number.isSafeInteger(rev) && rev >= 0));

/**
 * One accepted write to one row, as the server logged it. It travels the same way on every path
 * (channel, feed, catch-up), so a tab that hears of it twice can tell by `rev`.
 */
export const changeSchema = z.object({
  /** Its place in the log. */
  rev: revSchema,
  /** The collection: `accounts`, `activities`, `users`, or one of a person's own. */
  resource: id,
  id,
  op: z.literal(["create", "update", "delete"]),
  /** The row's version after the change; the same number as `rev`. */
  version: revSchema,
  /** The rows it hangs on, so that a receiver that never held the row still knows whom it concerns. */
  parents: z.object({ accountId: z.optional(id) }),
  /** The row as it now is. Missing on delete, and where a row is too large to travel. */
  row: z.optional(z.looseObject({})),
  /** The tab that wrote it; missing for `curl` and hand edits. */
  origin: z.optional(id),
});

export type Change = z.infer<typeof changeSchema>;
