import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { changelogOf, nextVersion } from "./release-notes.ts";
import { run } from "./run.ts";

/**
 * `npm run release [-- patch | minor | major]` makes `tandem-sync` ready to publish: sets the version and dates the
 * changelog, if it is told which, runs what the package is measured by, and ends with `npm publish --dry-run`. It
 * publishes nothing.
 */

const sync = join(import.meta.dirname, "../sync");
const manifestFile = join(sync, "package.json");
const changelogFile = join(sync, "CHANGELOG.md");

const [step] = process.argv.slice(2);
if (step !== undefined) await setVersion(step);

const measured = ["sync/package.slow.test.ts", "sync/size.test.ts", "sync/query-core.slow.test.ts"];
const config = "scripts/release.vitest.config.ts";
for (const [name, command, args] of [
  ["tarball, types, size, the oldest query-core", "vitest", ["run", ...measured]],
  ["the versions of React Query, the browsers", "vitest", ["run", "--config", config]],
  ["npm publish --dry-run", "npm", ["publish", "--dry-run", "--workspace", "sync"]],
] as const) {
  console.log(`\n== ${name}`);
  const { ok } = await run(command, args, { inherit: true });
  if (!ok) process.exit(1);
}
console.log("\nReady. What is left: commit, tag, npm publish --workspace sync");

async function setVersion(step: string) {
  const version = nextVersion(JSON.parse(readFileSync(manifestFile, "utf8")).version, step);
  const today = new Date().toISOString().slice(0, 10);
  // Before anything is written: it throws where there is nothing to release.
  const changelog = changelogOf(readFileSync(changelogFile, "utf8"), version, today);
  // In the lock file as well.
  const set = ["version", version, "--workspace", "sync", "--no-git-tag-version"];
  const { ok, output } = await run("npm", set);
  if (!ok) throw new Error(output);
  writeFileSync(changelogFile, changelog);
  console.log(`tandem-sync ${version}`);
}
