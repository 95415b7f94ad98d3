import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fillTables, findTables } from "../scripts/marks.ts";

/**
 * Runs every script that package.json names `bench:*`, one after the other, and puts the tables that they print
 * into docs/performance.md. A script that fails leaves its tables as they were.
 *
 *     npm run bench                  # all of it, on a quiet machine
 *     npm run bench -- pin burst     # these only
 *     npm run bench -- --short       # few repetitions, to see that it runs: the document stays as it is
 */

const root = join(import.meta.dirname, "..");
const document = join(root, "docs/performance.md");
const isShort = process.argv.includes("--short");
const named = process.argv.slice(2).filter((each) => !each.startsWith("--"));

const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  scripts: Readonly<Record<string, string>>;
};
const all = Object.keys(scripts).flatMap((name) => /^bench:(.+)/.exec(name)?.[1] ?? []);
const unknown = named.filter((name) => !all.includes(name));
if (unknown.length) throw new Error(`There is no bench ${unknown}: ${all}`);
const chosen = named.length ? named : all;

const tables = new Map<string, string>();
const failed: string[] = [];
for (const name of chosen) {
  const started = performance.now();
  console.log(`\n== ${name}\n`);
  const { ok, output } = await runScript(name);
  const found = findTables(output);
  if (ok) for (const [id, text] of found) tables.set(id, text);
  else failed.push(name);
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  console.log(`\n== ${name}: ${ok ? `${found.size} tables` : "failed"}, ${minutes} min`);
}

const { text, homeless, unfilled } = fillTables(readFileSync(document, "utf8"), tables);
if (!isShort) writeFileSync(document, text);
const ran = chosen.filter((name) => !failed.includes(name));
const missing = unfilled.filter((id) => ran.includes(id.split("/")[0] ?? ""));
for (const [trouble, names] of Object.entries({
  Failed: failed,
  "Printed, and without a place in docs/performance.md": homeless,
  "In docs/performance.md, and not printed": missing,
}))
  if (names.length) console.error(`${trouble}: ${names.join(", ")}`);
process.exit(failed.length || homeless.length || missing.length ? 1 : 0);

/** Shows what the script prints as it comes, and returns it. */
function runScript(name: string): Promise<{ ok: boolean; output: string }> {
  const args = ["run", "--silent", `bench:${name}`];
  if (isShort) args.push("--", "--short");
  return new Promise((resolve, reject) => {
    const child = spawn("npm", args, {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
      shell: process.platform === "win32",
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ ok: code === 0, output }));
  });
}
