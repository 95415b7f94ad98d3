import { threadId } from "node:worker_threads";
import { sql } from "kysely";
import { readDocument } from "#api/file/read-document.ts";
import { connect } from "#api/postgres/connect.ts";
import { exportDocument } from "#api/postgres/export-document.ts";
import { importDocument } from "#api/postgres/import-document.ts";
import { migrate } from "#api/postgres/migrations/migrate.ts";
import { startPostgres, type TestPostgres } from "../../sync/server/testing/start-postgres.ts";

export { startPostgres, type TestPostgres };

let databases = 0;
const templates = new Map<string, Promise<string>>();

/** An empty database with the tables of now, to copy. */
function templateOn(url: string): Promise<string> {
  const made = templates.get(url) ?? makeTemplate(url);
  templates.set(url, made);
  return made;
}

async function makeTemplate(url: string): Promise<string> {
  const name = `template_${process.pid}_${threadId}`;
  const own = await createDatabase(url, name, "template1");
  const { db, close } = connect(own);
  await migrate(db).finally(close);
  return name;
}

/** A database on a PostgreSQL of `startPostgres`, with the rows of a data file. Returns its URL. */
export async function createTestDatabase(url: string, file: Uint8Array): Promise<string> {
  databases += 1;
  const name = `test_${process.pid}_${threadId}_${databases}`;
  const own = await createDatabase(url, name, await templateOn(url));
  const { db, close } = connect(own);
  await importDocument(db, "main", readDocument(file, 0)).finally(close);
  return own;
}

async function createDatabase(url: string, name: string, template: string): Promise<string> {
  const { db, close } = connect(url);
  await sql`create database ${sql.ref(name)} template ${sql.ref(template)}`
    .execute(db)
    .finally(close);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
}

/** The data file that the rows of a database make. */
export async function exportedText(url: string): Promise<string> {
  const { db, close } = connect(url);
  try {
    let text = "";
    await exportDocument(db, "main", async (piece) => {
      text += piece;
    });
    return text;
  } finally {
    await close();
  }
}
