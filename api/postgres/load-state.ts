import { createHash } from "node:crypto";
import { type Kysely, sql, type Transaction } from "kysely";
import type { SavedState } from "#api/engine/row-store.ts";
import type { Document, Entry, Part, Row } from "#api/rows/document.ts";
import { builtInResources } from "#api/rows/resources.ts";
import { toServedRow } from "#api/rows/served-rows.ts";
import { changeOf } from "#api/writes/transaction.ts";
import type { Change } from "#sync/http";
import { selectLog } from "./follow-log.ts";
import type { Schema } from "./schema.ts";
import { type Image, isOf, tableOf, toRow } from "./tables.ts";

/** Where it is missing. */
export async function createWorkspace(
  db: Kysely<Schema>,
  id: string,
  name: string | null = null,
): Promise<void> {
  await db
    .insertInto("workspaces")
    .values({ id, name })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** What a workspace has, read in one snapshot. */
export async function loadState(
  db: Kysely<Schema>,
  workspace: string,
  maxChanges: number,
): Promise<SavedState> {
  return db
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute(async (snapshot) => {
      const { head, base } = await snapshot
        .selectFrom("workspaces")
        .select(["head", "base"])
        .where("id", "=", workspace)
        .executeTakeFirstOrThrow();
      return {
        epoch: await readEpoch(snapshot, workspace),
        rev: head,
        document: await readDocument(snapshot, workspace, base),
        changes: await readLatestChanges(snapshot, workspace, Math.max(base, head - maxChanges)),
        answers: [],
      };
    });
}

/**
 * Another one after an import, on another database, and after a failover: the timeline of a standby that was promoted
 * is its own, and it may not have got the last writes.
 */
export async function readEpoch(db: Kysely<Schema>, workspace: string): Promise<string> {
  const { rows } = await sql<{ parts: string }>`
    select concat_ws('/', incarnation, (pg_control_system()).system_identifier,
      left(pg_walfile_name(pg_current_wal_lsn()), 8)) as parts
    from workspaces where id = ${workspace}`.execute(db);
  return createHash("sha256")
    .update(rows[0]?.parts ?? "")
    .digest("hex")
    .slice(0, 12);
}

async function readDocument(
  snapshot: Transaction<Schema>,
  workspace: string,
  base: number,
): Promise<Document> {
  const document = new Map<string, Part>();
  const readRows = async (resource: string) =>
    toCollection(resource, await selectRows(snapshot, workspace, resource), base);
  for (const resource of builtInResources) document.set(resource, await readRows(resource));
  const parts = await snapshot
    .selectFrom("parts")
    .leftJoin("row_versions as v", (join) =>
      join
        .onRef("v.workspace", "=", "parts.workspace")
        .onRef("v.resource", "=", "parts.name")
        .onRef("v.id", "=", "parts.name"),
    )
    .select(["name", "kind", "value", "rev"])
    .where("parts.workspace", "=", workspace)
    .orderBy("position")
    .execute();
  for (const { name, kind, value, rev } of parts) {
    if (kind === "collection") document.set(name, await readRows(name));
    else if (kind === "other") document.set(name, { kind, value });
    else document.set(name, { kind, entry: { row: value as Row, version: rev ?? base } });
  }
  return document;
}

interface VersionedImage {
  readonly image: Image;
  /** Null where the row was imported and not changed since. */
  readonly rev: number | null;
}

async function selectRows(
  snapshot: Transaction<Schema>,
  workspace: string,
  resource: string,
): Promise<readonly VersionedImage[]> {
  const { rows } = await sql<VersionedImage>`
    select row_to_json(t) as image, v.rev from ${sql.table(tableOf(resource).name)} t
    left join row_versions v on v.workspace = t.workspace and v.resource = ${resource} and v.id = t.id
    where ${isOf(workspace, resource)} order by t.position`.execute(snapshot);
  return rows;
}

function toCollection(resource: string, rows: readonly VersionedImage[], base: number): Part {
  const entries = rows.map(({ image, rev }): [string, Entry] => [
    String(image.id),
    { row: toRow(resource, image), version: rev ?? base },
  ]);
  return { kind: "collection", entries: new Map(entries), leftOut: [] };
}

/**
 * The end of the log, as far as it can be told from the rows. The counts of an account as they were are not known any
 * more: its changes travel without them, and tabs read that account.
 */
async function readLatestChanges(
  snapshot: Transaction<Schema>,
  workspace: string,
  since: number,
): Promise<Change[]> {
  const lines = await selectLog(snapshot, workspace, since).execute();
  const noCounts = { of: () => ({ pinnedCount: 0, activityCount: 0, lastActivityAt: "" }) };
  return lines.map(({ rev, resource, id, op, image, origin }) => {
    // A singular object has no row.
    const row: Row | undefined = toRow(resource, image);
    const isWhole = op !== "delete" && resource !== "accounts" && row !== undefined;
    return {
      ...changeOf(op, { resource, id, origin: origin ?? undefined }, row ?? {}, rev),
      ...(isWhole && { row: toServedRow(resource, id, { row, version: rev }, noCounts) }),
    };
  });
}
