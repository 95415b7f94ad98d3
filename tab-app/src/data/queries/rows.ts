import * as z from "zod";
import type { Change, Effect, Snapshot } from "#sync";

interface Row {
  readonly id: string;
  readonly version: number;
}

export const revisionSchema = z.object({ epoch: z.string(), rev: z.int() });

/** A whole collection, as it stood at `asOf`. */
export interface Rows<T> extends Snapshot {
  readonly rows: readonly T[];
}

/** The row that a change carries, or null: it has none, or one that does not fit. */
export function rowOf<T>(change: Change, schema: z.ZodType<T>): T | null {
  const parsed = schema.safeParse(change.row);
  return parsed.success ? parsed.data : null;
}

/** How a change of one of its rows touches a small collection that is held whole and unordered by us. */
export function effectOnRows<T extends Row>(
  change: Change,
  data: Rows<T>,
  schema: z.ZodType<T>,
): Effect {
  const at = data.rows.findIndex((row) => row.id === change.id);
  const held = data.rows[at];
  if (held && held.version >= change.version) return "known";
  if (change.op === "delete")
    return held ? { patched: { ...data, rows: data.rows.toSpliced(at, 1) } } : "known";
  const row = rowOf(change, schema);
  // A new row's place in the collection is the server's to say.
  if (!row || !held) return "stale";
  return { patched: { ...data, rows: data.rows.with(at, row) } };
}
