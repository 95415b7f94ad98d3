import { isDeepStrictEqual } from "node:util";
import type { Kysely } from "kysely";
import { beginTransaction, nextOf } from "#api/engine/begin-transaction.ts";
import type { RowStore } from "#api/engine/row-store.ts";
import type { Row } from "#api/rows/document.ts";
import type { Transaction } from "#api/writes/transaction.ts";
import type { Schema } from "./schema.ts";
import { toRow } from "./tables.ts";

const linesAtOnce = 2_000;

/** The log does not lead from the rows in memory to those of the database: they have to be read anew. */
export class Diverged extends Error {}

/** The log after a revision, oldest first. */
export function selectLog(db: Kysely<Schema>, workspace: string, since: number) {
  return db
    .selectFrom("changes")
    .select(["rev", "resource", "id", "op", "image", "origin"])
    .where("workspace", "=", workspace)
    .where("rev", ">", since)
    .orderBy("rev");
}

type LogLine = Awaited<ReturnType<ReturnType<typeof selectLog>["execute"]>>[number];

/**
 * Applies to the store what the log has after its revision, whoever wrote it, through the same transaction as a write:
 * every replica makes the same changes of it. Throws `Diverged`.
 */
export async function followLog(
  db: Kysely<Schema>,
  workspace: string,
  store: RowStore,
): Promise<void> {
  for (;;) {
    const { rev } = store.state();
    const lines = await selectLog(db, workspace, rev).limit(linesAtOnce).execute();
    if (lines.length === 0) return;
    const transaction = beginTransaction(store);
    let isOfRows = true;
    for (const line of lines) {
      isOfRows = apply(transaction, line) && isOfRows;
      if (transaction.rev() !== line.rev)
        throw new Diverged(`change ${line.rev} of the log does not follow on ${rev}`);
    }
    const { steps, ...next } = nextOf(transaction);
    const how = isOfRows ? { steps } : { document: transaction.document() };
    store.advance({ ...next, ...how }, transaction.changes);
    if (lines.length < linesAtOnce) return;
  }
}

/** Returns whether it was the row of a collection. */
function apply(transaction: Transaction, { resource, id, op, image, origin }: LogLine): boolean {
  if ("value" in image) {
    transaction.putSingular(resource, op === "delete" ? null : (image.value as Row));
    return false;
  }
  const row = op === "delete" ? null : toRow(resource, image);
  const before = transaction.entry(resource, id)?.row;
  // Another notation of the same row has a revision too.
  if (row && isDeepStrictEqual(before, row)) transaction.touch(resource, id);
  else transaction.put({ resource, id, row, ...(origin !== null && { origin }) });
  return true;
}
