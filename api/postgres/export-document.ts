import { type Kysely, sql } from "kysely";
import { builtInResources } from "#api/rows/resources.ts";
import type { Schema } from "./schema.ts";
import { type Image, isOf, tableOf, toRow } from "./tables.ts";

const rowsAtOnce = 1_000;

/** The text of a data file with the rows of a workspace, in pieces, as of one moment. */
export async function exportDocument(
  db: Kysely<Schema>,
  workspace: string,
  write: (text: string) => Promise<void>,
): Promise<void> {
  await db
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute(async (snapshot) => {
      let separator = "{\n";
      const writePart = async (name: string, value: string) => {
        await write(`${separator}  ${JSON.stringify(name)}: ${value}`);
        separator = ",\n";
      };
      const writeRows = async (resource: string) => {
        await writePart(resource, "[");
        let isFirst = true;
        for await (const row of readRows(snapshot, workspace, resource)) {
          const text = JSON.stringify(row, null, 2).replaceAll("\n", "\n    ");
          await write(`${isFirst ? "" : ","}\n    ${text}`);
          isFirst = false;
        }
        await write(isFirst ? "]" : "\n  ]");
      };
      for (const resource of builtInResources) await writeRows(resource);
      const parts = await snapshot
        .selectFrom("parts")
        .select(["name", "kind", "value"])
        .where("workspace", "=", workspace)
        .orderBy("position")
        .execute();
      for (const { name, kind, value } of parts) {
        if (kind === "collection") await writeRows(name);
        else await writePart(name, JSON.stringify(value, null, 2).replaceAll("\n", "\n  "));
      }
      await write("\n}\n");
    });
}

async function* readRows(snapshot: Kysely<Schema>, workspace: string, resource: string) {
  const table = sql.table(tableOf(resource).name);
  let last = 0;
  for (;;) {
    const { rows } = await sql<{ image: Image; position: number }>`
      select row_to_json(t) as image, position from ${table} t
      where ${isOf(workspace, resource)} and position > ${last}
      order by position limit ${rowsAtOnce}`.execute(snapshot);
    for (const { image, position } of rows) {
      last = position;
      yield toRow(resource, image);
    }
    if (rows.length < rowsAtOnce) return;
  }
}
