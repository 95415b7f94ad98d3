import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readSources, root } from "../source/sources.ts";
import { substitute } from "../source/substitute.ts";
import { fileFolders, fileMutants } from "./file-list.ts";
import { type Mutant, mutants } from "./list.ts";
import { packageMutants } from "./package-list.ts";
import { signInFolders, signInMutants } from "./sign-in-list.ts";

/**
 * `mutants [--runs N] [--only NAME]` removes each guard in turn, in memory only, and runs the simulation
 * and, where that finds nothing, the unit tests. Prints the table of `docs/mutants.md`, and fails when a
 * mutant survives.
 */
const { values } = parseArgs({
  options: { runs: { type: "string", default: "1500" }, only: { type: "string" } },
});
const folder = mkdtempSync(join(tmpdir(), "tandem-mutants-"));

interface Verdict {
  readonly by: string;
  readonly how: string;
}

const chosen = [...mutants, ...fileMutants, ...signInMutants, ...packageMutants].filter(
  ({ name }) => values.only === undefined || name === values.only,
);
const survivors: string[] = [];
console.log("| guard removed | what it is for | found by | how |\n|---|---|---|---|");
for (const mutant of chosen) {
  const verdict = hasNoTab(mutant) ? test(mutant) : (simulate(mutant) ?? test(mutant));
  const { by, how } = verdict ?? { by: "**nothing**", how: "" };
  if (by === "**nothing**") survivors.push(mutant.name);
  console.log(`| ${mutant.name} | ${mutant.guard} | ${by} | ${how.replaceAll("|", "\\|")} |`);
}
rmSync(folder, { recursive: true, force: true });
console.log(`\n${chosen.length - survivors.length} of ${chosen.length} found`);
if (survivors.length > 0) {
  console.log(`survived: ${survivors.join(", ")}`);
  process.exit(1);
}

function simulate({ name }: Mutant): Verdict | null {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      "--import",
      "tsx",
      "sim/runs/soak.ts",
      "--runs",
      values.runs,
      "--seed",
      "1",
      "--jobs",
      "1",
      "--mutant",
      name,
    ],
    { cwd: root, encoding: "utf8", timeout: 1_200_000 },
  );
  if (status === 0) return null;
  if (status === null || /never comes to rest/.test(stderr))
    return { by: "simulation", how: "never comes to rest" };
  const claim = /^([a-z ]+): /m.exec(stdout)?.[1];
  // A mutant that cannot be built proves nothing.
  if (claim === undefined) throw new Error(stderr);
  // The run was too small for every fault to happen, and no claim failed.
  if (claim === "never happened") return null;
  return { by: "simulation", how: claim };
}

/** The simulation has no files, no sign-in, and nothing of the package that the app does not use. */
function hasNoTab(mutant: Mutant): boolean {
  return [fileMutants, signInMutants, packageMutants].some((list) => list.includes(mutant));
}

/** The code that is changed, and the tests that run. */
function scopeOf(mutant: Mutant) {
  const slow = "**/*.slow.test.ts";
  if (fileMutants.includes(mutant))
    return { sources: readSources(fileFolders), include: "api/**/*.test.ts", exclude: slow };
  if (signInMutants.includes(mutant)) {
    const include = "{api/sign-in/*,server/{sign-in,attacks,access-table}.slow}.test.ts";
    return { sources: readSources(signInFolders), include, exclude: "" };
  }
  if (packageMutants.includes(mutant))
    return { sources: readSources(["sync"]), include: "sync/**/*.test.ts", exclude: slow };
  return { sources: readSources(), include: "{sync,tab-app}/**/*.test.{ts,tsx}", exclude: slow };
}

function test(mutant: Mutant): Verdict | null {
  const { sources, include, exclude } = scopeOf(mutant);
  const config = join(folder, "vitest.config.mjs");
  writeFileSync(
    config,
    `const changed = ${JSON.stringify(substitute(mutant.substitutions, sources))};
    export default {
      root: ${JSON.stringify(root)},
      plugins: [{ name: "mutant", enforce: "pre", load(id) {
        const file = changed.find(({ path }) => id.split("?")[0] === ${JSON.stringify(root)} + path);
        return file ? { code: file.text, map: null } : null;
      } }],
      test: { include: [${JSON.stringify(include)}], exclude: ["**/size.test.ts", ${JSON.stringify(exclude)}, "**/node_modules/**"], testTimeout: 60000, hookTimeout: 60000, restoreMocks: true, unstubGlobals: true, maxWorkers: "100%", pool: "threads", isolate: false, bail: 1 },
    };`,
  );
  const report = join(folder, "report.json");
  const { status } = spawnSync(
    process.execPath,
    [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--config",
      config,
      "--reporter=json",
      `--outputFile=${report}`,
    ],
    { cwd: root, encoding: "utf8", timeout: 600_000 },
  );
  if (status === 0) return null;
  if (status === null) return { by: "unit test", how: "never comes to rest" };
  const failed = firstFailure(report);
  return failed ? { by: "unit test", how: failed } : null;
}

function firstFailure(report: string): string | undefined {
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as {
    testResults: { assertionResults: { status: string; fullName: string }[] }[];
  };
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .find(({ status }) => status === "failed")?.fullName;
}
