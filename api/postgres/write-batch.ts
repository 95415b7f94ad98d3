import { type Kysely, sql, type Transaction } from "kysely";
import type { RowStore } from "#api/engine/row-store.ts";
import { entriesOf } from "#api/rows/document.ts";
import type { IdempotentAnswer, IdempotentAnswers } from "#api/writes/idempotent-answer.ts";
import type { Put } from "#api/writes/transaction.ts";
import type { IdempotencyKey } from "#sync/server";
import { Diverged } from "./follow-log.ts";
import type { Schema } from "./schema.ts";
import { isOf, tableOf, toValues } from "./tables.ts";

/** How long a write waits for a row that somebody else has locked, who may be waiting for the counter that we hold. */
const maxWaitForRow = "500ms";

/**
 * Takes the counter of the workspace until the transaction ends, and returns the revision of the last change. Whoever
 * has it sees all that was committed before.
 */
export async function takeCounter(
  transaction: Transaction<Schema>,
  workspace: string,
): Promise<number> {
  const counter = await transaction
    .selectFrom("workspaces")
    .select("head")
    .where("id", "=", workspace)
    .forUpdate()
    .executeTakeFirst();
  if (!counter) throw new Diverged(`the workspace "${workspace}" is gone`);
  await sql`select set_config('lock_timeout', ${maxWaitForRow}, true)`.execute(transaction);
  return counter.head;
}

/** The revision of the last change; -1 for a workspace that is gone. */
export async function readHead(db: Kysely<Schema>, workspace: string): Promise<number> {
  const counter = await db
    .selectFrom("workspaces")
    .select("head")
    .where("id", "=", workspace)
    .executeTakeFirst();
  return counter?.head ?? -1;
}

/** Writes rows to their tables. Triggers write the log, under the revisions that the store has foreseen. */
export async function writePuts(
  transaction: Transaction<Schema>,
  workspace: string,
  store: RowStore,
  puts: readonly Put[],
): Promise<void> {
  const isThere = new Map<string, boolean>();
  let [origin, author] = ["", ""];
  for (const { resource, id, row, ...put } of puts) {
    if ((put.origin ?? "") !== origin) {
      origin = put.origin ?? "";
      await sql`select set_config('tandem.origin', ${origin}, true)`.execute(transaction);
    }
    if ((put.author ?? "") !== author) {
      author = put.author ?? "";
      await sql`select set_config('tandem.author', ${author}, true)`.execute(transaction);
    }
    const key = `${resource}/${id}`;
    const known = entriesOf(store.state().document, resource).has(id);
    const write = toStatement(workspace, { resource, id, row }, isThere.get(key) ?? known);
    const { numAffectedRows } = await write.execute(transaction);
    if (numAffectedRows !== 1n)
      throw new Diverged(`${key} is not in the database as it is in memory`);
    isThere.set(key, row !== null);
  }
}

function toStatement(
  workspace: string,
  { resource, id, row }: Pick<Put, "resource" | "id" | "row">,
  isThere: boolean,
) {
  const { name: table, place } = tableOf(resource);
  const where = isOf(workspace, resource, id);
  if (!row) return sql`delete from ${sql.table(table)} t where ${where}`;
  const values = Object.entries({ ...toValues(resource, row), workspace, ...place, id });
  if (isThere) {
    const set = sql.join(values.map(([name, value]) => sql`${sql.ref(name)} = ${value}`));
    return sql`update ${sql.table(table)} t set ${set} where ${where}`;
  }
  const names = sql.join(values.map(([name]) => sql.ref(name)));
  const all = sql.join(values.map(([, value]) => sql`${value}`));
  return sql`insert into ${sql.table(table)} (${names}) values (${all})`;
}

/** The answers that the keys of a batch were given before, by whichever replica. */
export async function findAnswers(
  transaction: Transaction<Schema>,
  workspace: string,
  keys: readonly IdempotencyKey[],
  oldest: number,
): Promise<Pick<IdempotentAnswers, "find">> {
  const known = new Map<string, IdempotentAnswer>();
  if (keys.length > 0) {
    const rows = await transaction
      .selectFrom("answers")
      .selectAll()
      .where("workspace", "=", workspace)
      .where("at", ">", oldest)
      .where(
        "key",
        "in",
        keys.map(({ key }) => key),
      )
      .execute();
    for (const { workspace: _, changes, ...answer } of rows)
      known.set(answer.key, { ...answer, changes: changes as IdempotentAnswer["changes"] });
  }
  return { find: (key) => known.get(key) };
}

export async function keepAnswers(
  transaction: Transaction<Schema>,
  workspace: string,
  answers: readonly IdempotentAnswer[],
): Promise<void> {
  if (answers.length === 0) return;
  const rows = answers.map(({ body, changes, ...answer }) => ({
    ...answer,
    workspace,
    body: JSON.stringify(body),
    changes: JSON.stringify(changes),
  }));
  // One that is too old to count may still be there.
  await transaction
    .insertInto("answers")
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(["workspace", "key"]).doUpdateSet((excluded) => ({
        fingerprint: excluded.ref("excluded.fingerprint"),
        status: excluded.ref("excluded.status"),
        body: excluded.ref("excluded.body"),
        changes: excluded.ref("excluded.changes"),
        rev: excluded.ref("excluded.rev"),
        at: excluded.ref("excluded.at"),
      })),
    )
    .execute();
}
