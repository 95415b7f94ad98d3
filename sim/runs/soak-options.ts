import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";

/** `--path` replays a counterexample of that seed; `--mutant` removes one guard first. */
export interface SoakOptions {
  readonly runs: number;
  readonly seed: number;
  readonly jobs: number;
  readonly path: string | undefined;
  readonly mutant: string | undefined;
}

export function readSoakOptions(): SoakOptions {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "20000" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
      jobs: { type: "string", default: String(availableParallelism()) },
      path: { type: "string" },
      mutant: { type: "string" },
    },
  });
  const read = (name: "runs" | "seed" | "jobs", least: number) => {
    const number = Number(values[name]);
    if (!Number.isSafeInteger(number) || number < least)
      throw new Error(`--${name} is a whole number from ${least}`);
    return number;
  };
  const { path, mutant } = values;
  return { runs: read("runs", 1), seed: read("seed", 0), jobs: read("jobs", 1), path, mutant };
}
