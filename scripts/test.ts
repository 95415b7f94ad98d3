import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installBrowsers } from "../e2e/support/find-browser.ts";
import { run } from "./run.ts";

/**
 * The whole test run: every step, even after one that fails, and one line at the end that counts. A check
 * without tests of its own (types, lint, build) counts as one. What needs no browser runs side by side.
 */

interface Count {
  readonly passed: number;
  readonly failed: number;
}

const reports = mkdtempSync(join(tmpdir(), "tandem-test-"));
const vitestReport = join(reports, "vitest.json");
const playwrightReport = join(reports, "playwright.json");

console.log("== types, lint and format, build, unit");
const counts = (await Promise.all([checks(), unitTests()])).flat();
counts.push(await browserTests());
counts.push(
  await check("other engines, where they are installed", "npm", [
    "run",
    "--silent",
    "engines",
    "--",
    "--short",
  ]),
);

rmSync(reports, { recursive: true, force: true });
const passed = sum((count) => count.passed);
const failed = sum((count) => count.failed);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

/** One after the other: the unit tests keep both cores of a small machine busy already. */
async function checks(): Promise<Count[]> {
  return [
    await check("types", "tsc", []),
    await check("lint and format", "biome", ["check", "--error-on-warnings"]),
    await check("build", "npm", ["run", "build"]),
  ];
}

async function check(name: string, command: string, args: string[]): Promise<Count> {
  const { ok, output } = await run(command, args);
  console.log(`\n== ${name}\n${output}`);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
}

async function unitTests(): Promise<Count> {
  const reporters = ["--reporter=default", "--reporter=json"];
  const { ok, output } = await run("vitest", [
    "run",
    ...reporters,
    `--outputFile.json=${vitestReport}`,
  ]);
  console.log(`\n== unit\n${output}`);
  return counted(ok, () => {
    const { numPassedTests, numFailedTests } = readJson(vitestReport);
    return { passed: Number(numPassedTests), failed: Number(numFailedTests) };
  });
}

async function browserTests(): Promise<Count> {
  console.log("\n== browser");
  try {
    installBrowsers();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
  const { ok } = await run("playwright", ["test", "--reporter=list,json"], {
    inherit: true,
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport },
  });
  return counted(ok, () => {
    const { stats } = readJson(playwrightReport) as { stats: Record<string, number> };
    const { expected = 0, flaky = 0, unexpected = 0 } = stats;
    if (flaky > 0) console.log(`\n${flaky} passed at a second try: see above`);
    return { passed: expected + flaky, failed: unexpected };
  });
}

/** A runner that fails without a failing test (nothing ran, it crashed) is a failure all the same. */
function counted(ok: boolean, read: () => Count): Count {
  try {
    const count = read();
    return ok === (count.failed === 0) && count.passed > 0
      ? count
      : { ...count, failed: Math.max(1, count.failed) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

function readJson(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(file, "utf8"));
}

function sum(of: (count: Count) => number): number {
  return counts.reduce((total, count) => total + of(count), 0);
}
