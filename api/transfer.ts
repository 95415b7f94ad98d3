import { once } from "node:events";
import fs from "node:fs";
import { readDocument } from "./file/read-document.ts";
import { connect } from "./postgres/connect.ts";
import { exportDocument } from "./postgres/export-document.ts";
import { importDocument } from "./postgres/import-document.ts";
import { issueOf } from "./postgres/issue-of.ts";
import { migrate } from "./postgres/migrations/migrate.ts";

/**
 * `npm run import -- [--replace] [file]` puts a data file (db.json by default) into the database of `DATABASE_URL`;
 * `npm run export > file` writes one.
 */
const [command, ...args] = process.argv.slice(2);
const workspace = "main";

async function main(): Promise<void> {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set: give postgres://user:password@host/database");
  const { db, close } = connect(url);
  try {
    await migrate(db);
    if (command === "export") {
      await exportDocument(db, workspace, async (text) => {
        if (!process.stdout.write(text)) await once(process.stdout, "drain");
      });
      return;
    }
    const file = args.find((arg) => !arg.startsWith("--")) ?? "db.json";
    const document = readDocument(fs.readFileSync(file), 0);
    await importDocument(db, workspace, document, { replace: args.includes("--replace") });
    for (const [name, part] of document) {
      if (part.kind === "collection") console.log(`${part.entries.size} ${name}`);
    }
  } finally {
    await close();
  }
}

main().catch((error: unknown) => {
  console.error(`${command}: ${issueOf(error)}`);
  process.exitCode = 1;
});
