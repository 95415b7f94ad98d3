import fc from "fast-check";
import type { Realms } from "../tab/realms.ts";
import { type Schedule, schedules } from "../world/commands.ts";
import { type Outcome, playSchedule } from "../world/world.ts";

export interface ExploreOptions {
  seed: number;
  runs: number;
  /** Shrink a counterexample, which takes a while. */
  shrinks?: boolean;
  /** Where a counterexample of this seed was found: only that is played. */
  path?: string;
  /** Called after each run, also those that shrink a counterexample. */
  onRun?: (outcome: Outcome) => void;
}

export interface Counterexample {
  readonly schedule: Schedule;
  readonly seed: number;
  readonly path: string;
  readonly outcome: Outcome;
}

/** Plays random schedules until one breaks a claim, and shrinks that one. */
export async function explore(
  realms: Realms,
  { seed, runs, path, shrinks = true, onRun }: ExploreOptions,
): Promise<Counterexample | null> {
  /** Of the counterexample, or of the smallest one so far. */
  let broken: Outcome | undefined;
  const property = fc.asyncProperty(schedules, async (schedule) => {
    const outcome = await playSchedule(schedule, realms);
    onRun?.(outcome);
    const isInStep = outcome.violations.length === 0;
    if (!isInStep) broken = outcome;
    return isInStep;
  });
  const result = await fc.check(property, {
    seed,
    numRuns: runs,
    endOnFailure: !shrinks,
    ...(path && { path }),
  });
  if (!result.failed) return null;
  const [schedule] = result.counterexample ?? [];
  if (!schedule || !broken) throw result.errorInstance ?? new Error("The exploration ended early");
  return { schedule, seed, path: result.counterexamplePath ?? "", outcome: broken };
}

/** What a person needs to see it again. */
export function describe({ schedule, seed, path, outcome }: Counterexample): string {
  return [
    ...outcome.violations.map(({ claim, text }) => `${claim}: ${text}`),
    "",
    `schedule: ${JSON.stringify(schedule)}`,
    `replay:   npm run soak -- --seed ${seed} --path ${path}`,
  ].join("\n");
}
