import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startPostgres } from "#api/testing/start-postgres.ts";

const root = join(import.meta.dirname, "../..");
/** What clients rely on, whatever stores the rows. */
const suites = ["api/writes", "api/reads", "api/routes", "api/stream", "api/rows", "api/http"];

test("the API answers as with a data file: its tests pass on PostgreSQL", {
  timeout: 900_000,
}, async () => {
  const postgres = await startPostgres();
  try {
    const { code, output } = await run(postgres.url);
    expect(output).toMatch(/Tests .*\d+ passed/);
    expect(code, output).toBe(0);
  } finally {
    await postgres.remove();
  }
});

function run(url: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const vitest = join(root, "node_modules/vitest/vitest.mjs");
    const child = spawn(process.execPath, [vitest, "run", "--maxWorkers=1", ...suites], {
      cwd: root,
      env: { ...process.env, TEST_DATABASE_URL: url, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const add = (chunk: Buffer) => {
      output += chunk;
    };
    child.stdout.on("data", add);
    child.stderr.on("data", add);
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
}
