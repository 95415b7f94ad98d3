import { parseArgs } from "node:util";
import { createCoverage } from "./coverage.ts";
import { describe, explore } from "./explore.ts";
import { mutants } from "./mutant-list.ts";
import { createRealms } from "./realms.ts";
import { found } from "./regressions.ts";
import { playSchedule } from "./world.ts";

/**
 * `soak [--runs N] [--seed S]` plays N schedules; `--path P` replays the counterexample of that seed and
 * prints all that happened; `--mutant NAME` takes out one guard first.
 */
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "20000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    path: { type: "string" },
    mutant: { type: "string" },
  },
});
const seed = Number(values.seed);
const runs = Number(values.runs);
if (!Number.isSafeInteger(seed) || !(runs > 0)) throw new Error("--seed and --runs are numbers");

const mutant = mutants.find(({ name }) => name === values.mutant);
if (values.mutant && !mutant) throw new Error(`There is no mutant "${values.mutant}"`);
const realms = await createRealms(mutant?.substitutions);
const coverage = createCoverage();
// What once broke something is the first that a guard taken out would break again.
for (const { what, schedule } of mutant ? found : []) {
  const [violation] = (await playSchedule(schedule, realms)).violations;
  if (!violation) continue;
  console.log(`${violation.claim}: ${violation.text}\nin the schedule that was found by: ${what}`);
  process.exit(1);
}
let played = 0;
let requests = 0;
const started = Date.now();

console.log(`seed ${seed}, ${runs} schedules${mutant ? `, without ${mutant.name}` : ""}`);
const counterexample = await explore(realms, {
  seed,
  runs: values.path ? 1 : runs,
  shrinks: mutant === undefined,
  ...(values.path && { path: values.path }),
  onRun(outcome) {
    played++;
    requests += outcome.requests;
    coverage.add(outcome.coverage);
    if (played % 1000 === 0)
      console.log(`${played} played, ${Math.round((Date.now() - started) / 1000)} s`);
  },
});

if (counterexample) {
  if (values.path) await playSchedule(counterexample.schedule, realms, console.log);
  console.log(`\n${describe(counterexample)}`);
  console.log(`found after ${played} runs, shrinking included`);
  process.exit(1);
}
console.log(`${coverage.table()}\n\n${played} played, ${requests} requests, all in step`);
if (!values.path && coverage.missing.length > 0) {
  console.log(`never happened: ${coverage.missing.join(", ")}`);
  process.exit(1);
}
