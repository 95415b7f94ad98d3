import fc from "fast-check";
import type { Realms } from "../tab/realms.ts";
import { type Outcome, playSchedule } from "../world/play-schedule.ts";
import type { Schedule } from "../world/schedule.ts";
import { schedules } from "../world/schedules.ts";

export interface ExploreOptions {
  seed: number;
  runs: number;
  /** Shrink a counterexample, which takes a while. */
  shrinks?: boolean;
  /** Plays only the counterexample of this seed at this path. */
  path?: string;
  /** Called after each run, those that shrink a counterexample included. */
  onRun?: (outcome: Outcome) => void;
}

export interface Counterexample {
  readonly schedule: Schedule;
  readonly seed: number;
  readonly path: string;
  readonly outcome: Outcome;
}

/** Plays random schedules until a claim does not hold in one, and shrinks that one. */
export async function explore(
  realms: Realms,
  { seed, runs, path, shrinks = true, onRun }: ExploreOptions,
): Promise<Counterexample | null> {
  /** The outcome of the smallest counterexample so far. */
  let broken: Outcome | undefined;
  const property = fc.asyncProperty(schedules, async (schedule) => {
    const outcome = await playSchedule(schedule, realms);
    onRun?.(outcome);
    const isSound = outcome.violations.length === 0;
    if (!isSound) broken = outcome;
    return isSound;
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

/** The counterexample, and the command that replays it. */
export function formatCounterexample({ schedule, seed, path, outcome }: Counterexample): string {
  return [
    ...outcome.violations.map(({ claim, text }) => `${claim}: ${text}`),
    "",
    `schedule: ${JSON.stringify(schedule)}`,
    `replay:   npm run soak -- --seed ${seed} --path ${path}`,
  ].join("\n");
}
