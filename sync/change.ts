import * as z from "zod/mini";

const id = z.string().check(z.minLength(1), z.maxLength(200));

/**
 * One accepted write to one row, as the server logged it. It travels the same way on every path
 * (channel, feed, catch-up), so a tab that hears of it twice can tell by `rev`.
 */
export const changeSchema = z.object({
  /** Its place in the log. */
  rev: z.int().check(z.positive()),
  /** The collection: `accounts`, `activities`, `users`, or one of a person's own. */
  resource: id,
  id,
  op: z.enum(["create", "update", "delete"]),
  /** The row's version after the change; the same number as `rev`. */
  version: z.int().check(z.positive()),
  /** The rows it hangs on, so that a receiver that never held the row still knows whom it concerns. */
  parents: z.object({ accountId: z.optional(id) }),
  /** The row as it now is. Missing on delete, and where a row is too large to travel. */
  row: z.optional(z.record(z.string(), z.unknown())),
  /** The tab that wrote it; missing for `curl` and hand edits. */
  origin: z.optional(id),
});

export type Change = z.infer<typeof changeSchema>;
