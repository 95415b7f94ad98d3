import fs from "node:fs";
import { createSeedText } from "#api/seed/demo-data.ts";

/** Writes the demo data to `DB` (db.json). An edited file is replaced only with `--force`. */
const file = process.env.DB || "db.json";
const text = createSeedText();
const present = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : null;

if (present === text) {
  console.log(`${file} already has the demo data.`);
} else if (present !== null && !process.argv.includes("--force")) {
  console.error(`${file} was edited and is not replaced. To replace it: npm run seed -- --force`);
  process.exitCode = 1;
} else {
  // By rename, because a running API applies this like any hand edit and must not read half of it.
  fs.writeFileSync(`${file}.seed`, text);
  fs.renameSync(`${file}.seed`, file);
  console.log(`Wrote the demo data to ${file}.`);
}
