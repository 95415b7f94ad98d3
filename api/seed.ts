import fs from "node:fs";
import { createSeedText } from "#api/seed/demo-data.ts";

/** Writes the demo data to `DB` (db.json). A file that somebody has changed is kept, but for `--force`. */
const file = process.env.DB || "db.json";
const text = createSeedText();
const present = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : null;

if (present === text) {
  console.log(`${file} holds the demo data already.`);
} else if (present !== null && !process.argv.includes("--force")) {
  console.error(`${file} was edited, and is kept. To replace it: npm run seed -- --force`);
  process.exitCode = 1;
} else {
  // As a whole, for the API may be running: it takes this in like any hand edit.
  fs.writeFileSync(`${file}.seed`, text);
  fs.renameSync(`${file}.seed`, file);
  console.log(`Wrote the demo data to ${file}.`);
}
