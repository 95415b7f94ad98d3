import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const read = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8"));

test("the oldest query-core of the peer range passes the unit tests too", async () => {
  const { version } = read("node_modules/query-core-oldest/package.json");
  expect(read("sync/package.json").peerDependencies["@tanstack/query-core"]).toBe(`^${version}`);
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const config = join(import.meta.dirname, "fixtures/oldest-query-core.vitest.config.ts");
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [vitest, "run", "--config", config, "--reporter=json"],
    { cwd: root },
  ).catch((error: { stdout: string }) => error);
  const { testResults, numPassedTests } = JSON.parse(stdout.slice(stdout.indexOf("{"))) as {
    testResults: {
      assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
    }[];
    numPassedTests: number;
  };
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === "failed");
  expect(failed.map(({ fullName, failureMessages }) => [fullName, ...failureMessages])).toEqual([]);
  expect(numPassedTests).toBeGreaterThan(90);
}, 300_000);
