import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../source/sources.ts";
import { substitute } from "../source/substitute.ts";
import { allMutants, groups, type MutantGroup } from "./all.ts";
import type { Mutant } from "./list.ts";
import { readVerdicts, type Verdict, withVerdicts } from "./table.ts";

/**
 * `mutants [--runs N] [--only NAME | --from NAME | --missing]` removes each guard in turn, in memory only, and runs the
 * simulation and the unit tests, first those that found it last. It writes what it finds into
 * `docs/mutants.md`, line by line, and fails when a mutant survives.
 */
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "1500" },
    only: { type: "string" },
    from: { type: "string" },
    missing: { type: "boolean", default: false },
  },
});
const document = join(root, "docs/mutants.md");
const folder = mkdtempSync(join(tmpdir(), "tandem-mutants-"));
const names = allMutants.map(({ name }) => name);
for (const name of [values.only, values.from])
  if (name !== undefined && !names.includes(name)) throw new Error(`There is no mutant "${name}"`);

const known = readVerdicts(readFileSync(document, "utf8"));
const chosen = allMutants.filter(
  ({ name }, at) =>
    (values.only === undefined || name === values.only) &&
    at >= names.indexOf(values.from ?? "") &&
    !(values.missing && known.has(name)),
);
const survivors: string[] = [];
for (const mutant of chosen) {
  const text = readFileSync(document, "utf8");
  const verdicts = readVerdicts(text);
  const verdict = judge(mutant, verdicts.get(mutant.name)?.by === "unit test");
  if (!verdict) survivors.push(mutant.name);
  verdicts.set(mutant.name, verdict ?? { by: "**nothing**", how: "" });
  writeFileSync(document, withVerdicts(text, allMutants, verdicts));
  console.log(`${mutant.name}: ${verdict ? `${verdict.by}, ${verdict.how}` : "nothing"}`);
}
rmSync(folder, { recursive: true, force: true });
console.log(`\n${chosen.length - survivors.length} of ${chosen.length} found`);
if (survivors.length > 0) {
  console.log(`survived: ${survivors.join(", ")}`);
  process.exit(1);
}

function judge(mutant: Mutant, testsFirst: boolean): Verdict | null {
  const group = groups.find(({ mutants }) => mutants.includes(mutant)) as MutantGroup;
  const ways = [() => test(mutant, group)];
  if (group.isSimulated) ways[testsFirst ? "push" : "unshift"](() => simulate(mutant));
  for (const way of ways) {
    const verdict = way();
    if (verdict) return { ...verdict, how: verdict.how.replaceAll("|", "\\|") };
  }
  return null;
}

function simulate({ name }: Mutant): Verdict | null {
  const flags = ["--runs", values.runs, "--seed", "1", "--jobs", "1", "--mutant", name];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", "sim/runs/soak.ts", ...flags],
    { cwd: root, encoding: "utf8", timeout: 1_200_000 },
  );
  if (status === 0) return null;
  if (/never comes to rest/.test(stderr)) return { by: "simulation", how: "never comes to rest" };
  const claim = /^([a-z ]+): /m.exec(stdout)?.[1];
  // A mutant that cannot be built, or takes too long, proves nothing.
  if (claim === undefined) throw new Error(stderr || "the simulation took too long");
  // The run was too small for every fault to happen, and no claim failed.
  if (claim === "never happened") return null;
  return { by: "simulation", how: claim };
}

function test(mutant: Mutant, { sources, include, exclude }: MutantGroup): Verdict | null {
  const config = join(folder, "vitest.config.mjs");
  writeFileSync(
    config,
    `const changed = ${JSON.stringify(substitute(mutant.substitutions, sources()))};
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
    { cwd: root, encoding: "utf8", timeout: 1_800_000 },
  );
  if (status === 0) return null;
  if (status === null) throw new Error("the unit tests took too long");
  const failed = firstFailure(report);
  return failed ? { by: "unit test", how: failed } : null;
}

/** The test that failed; or why the tests of a file could not begin, where its set-up failed. */
function firstFailure(report: string): string | undefined {
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as {
    testResults: {
      status: string;
      message: string;
      assertionResults: { status: string; fullName: string }[];
    }[];
  };
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .find(({ status }) => status === "failed");
  // A file that could not be loaded has no tests, and proves nothing.
  const unprepared = testResults.find(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length > 0,
  );
  return failed?.fullName ?? unprepared?.message.split("\n")[0];
}
