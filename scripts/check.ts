import { run } from "./run.ts";

/**
 * The quick check between two edits: types, lint, and unit tests without the slow ones and with a short
 * simulation. `npm test` runs all of it, and the browser.
 */

const started = performance.now();
const steps = [
  ["types", "tsc", []],
  ["lint and format", "biome", ["check", "--error-on-warnings"]],
  ["unit", "vitest", ["run", "--reporter=dot", "--exclude=**/*.slow.test.{ts,tsx}"]],
] as const;

const outcomes = await Promise.all(
  steps.map(async ([name, command, args]) => {
    const { ok, output } = await run(command, args, { env: { SIMULATION: "short" } });
    console.log(ok ? `✓ ${name}` : `\n✗ ${name}\n${output}`);
    return ok;
  }),
);
const seconds = Math.round((performance.now() - started) / 1000);
console.log(`${outcomes.every(Boolean) ? "All" : "Not all"} passed, in ${seconds} s`);
process.exit(outcomes.every(Boolean) ? 0 : 1);
