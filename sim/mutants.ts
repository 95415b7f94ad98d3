import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Mutant, mutants } from "./mutant-list.ts";

/**
 * `mutants [--runs N] [--only NAME]` takes out each guard in turn, in memory only, and lets the
 * simulation and, where that finds nothing, the unit tests look for it. Prints a table for
 * `docs/mutants.md` and fails when one survives.
 */
const { values } = parseArgs({
  options: { runs: { type: "string", default: "1500" }, only: { type: "string" } },
});
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tandem-mutants-"));

interface Verdict {
  readonly by: string;
  readonly how: string;
}

const chosen = mutants.filter(({ name }) => values.only === undefined || name === values.only);
const survivors: string[] = [];
console.log("| guard taken out | what it is for | found by | how |\n|---|---|---|---|");
for (const mutant of chosen) {
  const { by, how } = simulate(mutant) ?? test(mutant) ?? { by: "**nothing**", how: "" };
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
      "sim/soak.ts",
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
  // One that cannot even be built shows nothing.
  if (claim === undefined) throw new Error(stderr);
  // Too few schedules for each fault to happen: that shows nothing.
  if (claim === "never happened") return null;
  return { by: "simulation", how: claim };
}

function test({ substitutions }: Mutant): Verdict | null {
  const config = join(folder, "vitest.config.mjs");
  writeFileSync(
    config,
    `const substitutions = ${JSON.stringify(substitutions)};
    export default {
      root: ${JSON.stringify(root)},
      plugins: [{ name: "mutant", enforce: "pre", transform(code, id) {
        const found = substitutions.find(({ file }) => id.endsWith("/" + file));
        return found ? { code: code.split(found.search).join(found.replace), map: null } : null;
      } }],
      test: { include: ["{sync,tab-app}/**/*.test.{ts,tsx}"], exclude: ["**/size.test.ts", "**/*.slow.test.ts", "**/node_modules/**"], restoreMocks: true },
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
