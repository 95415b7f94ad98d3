import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBrowser, installBrowser } from "../e2e/find-browser.ts";

/**
 * The whole test run: each step in order, all of them even when one fails, and one line at the end
 * that counts. A check without tests of its own (types, lint, build) counts as one.
 */

interface Count {
  passed: number;
  failed: number;
}

const reports = mkdtempSync(join(tmpdir(), "tandem-test-"));
const vitestReport = join(reports, "vitest.json");
const playwrightReport = join(reports, "playwright.json");

const counts = [
  check("types", "tsc", []),
  check("lint and format", "biome", ["check", "--error-on-warnings"]),
  suite(
    "unit",
    "vitest",
    ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`],
    () => {
      const { numPassedTests, numFailedTests } = readJson(vitestReport);
      return { passed: Number(numPassedTests), failed: Number(numFailedTests) };
    },
  ),
  check("build", "npm", ["run", "build"]),
  browserSuite(),
];

rmSync(reports, { recursive: true, force: true });
const passed = sum((count) => count.passed);
const failed = sum((count) => count.failed);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

function check(name: string, command: string, args: string[]): Count {
  const ok = run(name, command, args);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
}

function suite(name: string, command: string, args: string[], read: () => Count): Count {
  const ok = run(name, command, args);
  let count: Count;
  try {
    count = read();
  } catch {
    return { passed: 0, failed: 1 };
  }
  // A runner that fails without a failing test (nothing ran, it crashed) is a failure all the same.
  return ok === (count.failed === 0) && count.passed > 0
    ? count
    : { ...count, failed: Math.max(1, count.failed) };
}

function browserSuite(): Count {
  try {
    if (!findBrowser()) installBrowser();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
  return suite("browser", "playwright", ["test", "--reporter=list,json"], () => {
    const { stats } = readJson(playwrightReport) as { stats: Record<string, number> };
    const { expected = 0, flaky = 0, unexpected = 0 } = stats;
    if (flaky > 0) console.log(`\n${flaky} passed at a second try: see above`);
    return { passed: expected + flaky, failed: unexpected };
  });
}

function run(name: string, command: string, args: string[]): boolean {
  console.log(`\n== ${name}`);
  const { status, error } = spawnSync(command, args, {
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport },
  });
  if (error) console.error(error.message);
  return status === 0;
}

function readJson(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(file, "utf8"));
}

function sum(of: (count: Count) => number): number {
  return counts.reduce((total, count) => total + of(count), 0);
}
