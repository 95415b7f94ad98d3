import * as z from "zod/mini";
import type { Change } from "#sync";

export const revisionSchema = z.object({ epoch: z.string(), rev: z.int() });

/** The schema of data together with the revision it was read as of: null from a server without a log. */
export function snapshotOf<T extends z.core.$ZodShape>(shape: T) {
  return z.object({ ...shape, asOf: z.nullable(revisionSchema) });
}

/** The row that a change carries; null where it has none, or one that does not fit. */
export function rowOf<T>(change: Change, schema: z.ZodMiniType<T>): T | null {
  return schema.safeParse(change.row).data ?? null;
}
