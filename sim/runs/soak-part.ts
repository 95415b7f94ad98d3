import { mutants } from "../mutants/list.ts";
import { createRealms } from "../tab/realms.ts";
import { type Outcome, playSchedule } from "../world/play-schedule.ts";
import { explore, formatCounterexample } from "./explore.ts";
import { regressions } from "./regressions.ts";
import { readSoakOptions } from "./soak-options.ts";

/** What was played since the last message. */
export interface PartMessage {
  readonly runs: number;
  readonly requests: number;
  readonly coverage: readonly (readonly [string, number])[];
}

/**
 * Plays one part of a soak in a process of its own, and reports to its parent what it played. It prints the
 * first counterexample and exits with 1.
 */
const { runs, seed, path, mutant: name } = readSoakOptions();
const mutant = mutants.find((each) => each.name === name);
if (name && !mutant) throw new Error(`There is no mutant "${name}"`);
const realms = await createRealms(mutant?.substitutions);
let played = 0;

// The schedules that once broke a claim are the most likely to show that a guard is missing.
for (const { what, schedule } of mutant ? regressions : []) {
  const [violation] = (await playSchedule(schedule, realms)).violations;
  if (!violation) continue;
  console.log(`${violation.claim}: ${violation.text}\nin the regression: ${what}`);
  process.exit(1);
}

const counterexample = await explore(realms, {
  seed,
  runs: path ? 1 : runs,
  shrinks: mutant === undefined,
  ...(path && { path }),
  onRun({ requests, coverage }: Outcome) {
    played++;
    process.send?.({ runs: 1, requests, coverage: [...coverage] } satisfies PartMessage);
  },
});
if (counterexample) {
  if (path) await playSchedule(counterexample.schedule, realms, console.log);
  console.log(`\n${formatCounterexample(counterexample)}`);
  console.log(`found after ${played} runs, shrinking included`);
  process.exitCode = 1;
}
// The channel to the parent would keep the process alive.
process.disconnect?.();
