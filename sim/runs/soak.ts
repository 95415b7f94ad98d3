import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createCoverage } from "./coverage.ts";
import { readSoakOptions } from "./soak-options.ts";
import type { PartMessage } from "./soak-part.ts";

/**
 * `soak [--runs N] [--seed S] [--jobs J]` plays N schedules in J processes, each with its own seed: S,
 * S + 1, ... A kind of fault that never happened fails it. `--path P` replays the counterexample of a seed
 * and prints its events; `--mutant NAME` removes one guard first.
 */
const { runs, seed, jobs, path, mutant } = readSoakOptions();
const coverage = createCoverage();
const started = Date.now();
let played = 0;
let requests = 0;

function add(more: PartMessage) {
  played += more.runs;
  requests += more.requests;
  coverage.add(new Map(more.coverage));
  if (played % 1000 === 0)
    console.log(`${played} played, ${Math.round((Date.now() - started) / 1000)} s`);
}

const children: ChildProcess[] = [];

/** Plays one part. Rejects where a claim did not hold. */
function play(part: number, count: number): Promise<void> {
  const flags = Object.entries({ seed: seed + part, runs: count, path, mutant });
  const child = fork(
    fileURLToPath(new URL("soak-part.ts", import.meta.url)),
    flags.flatMap(([flag, value]) => (value === undefined ? [] : [`--${flag}`, String(value)])),
  );
  children.push(child);
  child.on("message", (message) => add(message as PartMessage));
  return new Promise((resolve, reject) =>
    child.on("exit", (code) => (code === 0 ? resolve() : reject())),
  );
}

console.log(`seed ${seed}, ${runs} schedules${mutant ? `, without ${mutant}` : ""}`);
const parts = path ? 1 : Math.min(jobs, runs);
try {
  await Promise.all(
    Array.from({ length: parts }, (_, part) => play(part, Math.floor((runs + part) / parts))),
  );
  console.log(`${coverage.table()}\n\n${played} played, ${requests} requests, every claim holds`);
  if (!path && coverage.missing.length > 0)
    throw new Error(`never happened: ${coverage.missing.join(", ")}`);
} catch (error) {
  // A part that fails has printed its counterexample itself.
  if (error) console.log((error as Error).message);
  for (const child of children) child.kill();
  process.exitCode = 1;
}
