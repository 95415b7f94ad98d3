import { once } from "node:events";
import fs from "node:fs";
import { parseArgs } from "node:util";
import { mainWorkspace } from "#contract/who.ts";
import { workspaceId } from "./engine/workspaces.ts";
import { readDocument } from "./file/read-document.ts";
import { type Connection, connect } from "./postgres/connect.ts";
import { exportDocument } from "./postgres/export-document.ts";
import { importDocument } from "./postgres/import-document.ts";
import { issueOf } from "./postgres/issue-of.ts";
import { createWorkspace } from "./postgres/load-state.ts";
import { migrate } from "./postgres/migrations/migrate.ts";

/**
 * `npm run import -- [--replace] [--workspace id] [file]` puts a data file (db.json by default) into the database of
 * `DATABASE_URL`; `npm run export -- [--workspace id] > file` writes one; `npm run workspace -- id [name]` adds a workspace.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { replace: { type: "boolean" }, workspace: { type: "string" } },
});
const [command, ...args] = positionals;

async function main(): Promise<void> {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set: give postgres://user:password@host/database");
  const { db, close } = connect(url);
  try {
    await migrate(db);
    if (command === "workspace") await addWorkspace(db);
    else if (command === "export") await exportRows(db);
    else await importRows(db);
  } finally {
    await close();
  }
}

function checkId(id: string | undefined): string {
  if (id === undefined || !workspaceId.test(id))
    throw new Error(
      "Give the workspace an id of letters a to z, digits and hyphens, such as field-sales",
    );
  return id;
}

async function addWorkspace(db: Connection["db"]): Promise<void> {
  const [given, name = null] = args;
  const id = checkId(given);
  await createWorkspace(db, id, name);
  // It may have been there without a name, or with another one.
  if (name !== null)
    await db.updateTable("workspaces").set({ name }).where("id", "=", id).execute();
  const all = await db.selectFrom("workspaces").select(["id", "name"]).orderBy("id").execute();
  for (const each of all) console.log(each.name === null ? each.id : `${each.id}  ${each.name}`);
}

async function exportRows(db: Connection["db"]): Promise<void> {
  const workspace = checkId(values.workspace ?? mainWorkspace);
  await exportDocument(db, workspace, async (text) => {
    if (!process.stdout.write(text)) await once(process.stdout, "drain");
  });
}

async function importRows(db: Connection["db"]): Promise<void> {
  const workspace = checkId(values.workspace ?? mainWorkspace);
  const [file = "db.json"] = args;
  const document = readDocument(fs.readFileSync(file), 0);
  await importDocument(db, workspace, document, { replace: values.replace ?? false });
  for (const [name, part] of document) {
    if (part.kind === "collection") console.log(`${part.entries.size} ${name}`);
  }
}

main().catch((error: unknown) => {
  console.error(`${command}: ${issueOf(error)}`);
  process.exitCode = 1;
});
