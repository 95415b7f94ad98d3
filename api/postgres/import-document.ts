import { type Kysely, sql, type Transaction } from "kysely";
import type { Document, Part } from "#api/rows/document.ts";
import { builtInResources, isBuiltIn } from "#api/rows/resources.ts";
import { issueOf } from "./issue-of.ts";
import { createWorkspace } from "./load-state.ts";
import type { Schema } from "./schema.ts";
import { tableOf, toStoredForm, toValues } from "./tables.ts";

const rowsAtOnce = 500;

/**
 * Puts a document into a workspace, in one transaction, and makes a new epoch: tabs read everything again. Rows that
 * are there are only replaced where `replace` says so. Throws an `Error` that names the row that PostgreSQL refuses.
 */
export async function importDocument(
  db: Kysely<Schema>,
  workspace: string,
  document: Document,
  { replace = false } = {},
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await createWorkspace(transaction, workspace);
    await sql`select 1 from workspaces where id = ${workspace} for update`.execute(transaction);
    await sql`select set_config('tandem.importing', 'on', true)`.execute(transaction);
    if (!replace && (await hasRows(transaction, workspace))) {
      throw new Error("The database has rows already. To delete them first, add --replace.");
    }
    for (const table of [
      "rows",
      "parts",
      ...[...builtInResources].reverse(),
      "row_versions",
      "answers",
    ]) {
      await sql`delete from ${sql.table(table)} where workspace = ${workspace}`.execute(
        transaction,
      );
    }
    for (const name of builtInResources) {
      const part = document.get(name);
      if (part) await importPart(transaction, workspace, name, part);
    }
    for (const [name, part] of document) {
      if (!isBuiltIn(name)) await importPart(transaction, workspace, name, part);
    }
    await sql`update workspaces set head = head + 1, base = head + 1, incarnation = gen_random_uuid()
      where id = ${workspace}`.execute(transaction);
    await sql`select pg_notify('tandem', ${workspace})`.execute(transaction);
  });
}

async function hasRows(transaction: Transaction<Schema>, workspace: string): Promise<boolean> {
  for (const table of [...builtInResources, "parts"]) {
    const { rows } =
      await sql`select 1 from ${sql.table(table)} where workspace = ${workspace} limit 1`.execute(
        transaction,
      );
    if (rows.length > 0) return true;
  }
  return false;
}

async function importPart(
  transaction: Transaction<Schema>,
  workspace: string,
  name: string,
  part: Part,
): Promise<void> {
  if (!isBuiltIn(name)) {
    const value =
      part.kind === "collection" ? null : part.kind === "singular" ? part.entry.row : part.value;
    await transaction
      .insertInto("parts")
      .values({
        workspace,
        name,
        kind: part.kind,
        value: value === null ? null : JSON.stringify(value),
      })
      .execute();
  }
  if (part.kind !== "collection") return;
  const rows = Array.from(part.entries, ([id, { row }]) => ({
    ...toValues(name, toStoredForm(name, row)),
    ...tableOf(name).place,
    workspace,
    id,
  }));
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    await insertRows(transaction, name, rows.slice(from, from + rowsAtOnce)).catch((error) => {
      throw new Error(`${name}: PostgreSQL refuses a row: ${issueOf(error)}`);
    });
  }
}

async function insertRows(
  transaction: Transaction<Schema>,
  resource: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  const [first = {}] = rows;
  const names = Object.keys(first);
  const values = rows.map((row) => sql`(${sql.join(names.map((name) => sql`${row[name]}`))})`);
  await sql`insert into ${sql.table(tableOf(resource).name)} (${sql.join(names.map((name) => sql.ref(name)))})
    values ${sql.join(values)}`.execute(transaction);
}
