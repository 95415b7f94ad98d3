import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fillTables } from "../../scripts/marks.ts";
import { run } from "../../scripts/run.ts";
import { type EngineName, engines, provide } from "./find-engines.ts";
import { type Report, tableOfDifferences, tableOfStories } from "./tables.ts";

/**
 * Runs the stories in Firefox and WebKit, which it installs where they are missing, and writes the tables of
 * `docs/browsers.md`.
 *
 *     npm run engines                    # all of it: half an hour and more
 *     npm run engines -- webkit          # one engine
 *     npm run engines -- --short         # a few stories of each engine that is installed: the document stays
 */

const root = join(import.meta.dirname, "../..");
const document = join(root, "docs/browsers.md");
const isShort = process.argv.includes("--short");
const named = process.argv.slice(2).filter((each) => !each.startsWith("--"));
const unknown = named.filter((name) => !(name in engines));
if (unknown.length) throw new Error(`There is no engine ${unknown}: ${Object.keys(engines)}`);

/** What of Firefox the short form runs. Of WebKit it runs all: there is not much. */
const shortStories = ["optimistic-pin"];
const reports = mkdtempSync(join(tmpdir(), "tandem-engines-"));
const failed: string[] = [];

for (const name of Object.keys(engines) as EngineName[]) {
  if (named.length && !named.includes(name)) continue;
  const executable = isShort ? engines[name].find() : provide(name);
  if (!executable) {
    console.log(`\n== ${name}: not installed, and not run`);
    if (!isShort) failed.push(name);
    continue;
  }
  console.log(`\n== ${name}: ${executable}`);
  const report = join(reports, `${name}.json`);
  const stories = isShort && name === "firefox" ? shortStories : [];
  const config = ["--config", "e2e/engines/playwright.config.ts", "--project", name];
  const { ok } = await run("playwright", ["test", ...config, "--reporter=list,json", ...stories], {
    inherit: true,
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  });
  if (!ok) failed.push(name);
  if (isShort) continue;
  const results = JSON.parse(readFileSync(report, "utf8")) as Report;
  const tables = new Map([
    [`${name}/stories`, tableOfStories(results)],
    [`${name}/differences`, tableOfDifferences(name)],
  ]);
  writeFileSync(document, fillTables(readFileSync(document, "utf8"), tables).text);
}
rmSync(reports, { recursive: true, force: true });
if (failed.length) console.error(`\nFailed, or could not be installed: ${failed.join(", ")}`);
process.exit(failed.length ? 1 : 0);
