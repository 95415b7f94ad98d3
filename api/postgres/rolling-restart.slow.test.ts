import { expect, onTestFinished, test } from "vitest";
import { smallData } from "#api/testing/data-file.ts";
import { rollingRestart } from "#api/testing/rolling-restart.ts";
import { buildServer } from "#api/testing/server-process.ts";
import { startPostgres } from "#api/testing/start-postgres.ts";

/** The long form is `npm run failover -- --rolling`. */
test("replicas are restarted one after the other: no write fails, and a stream breaks once for each", {
  timeout: 300_000,
}, async () => {
  const { main, remove } = await buildServer("rolling-test", "server/testing/replica.ts");
  onTestFinished(remove);
  const postgres = await startPostgres();
  onTestFinished(() => postgres.remove());
  const file = Buffer.from(JSON.stringify(smallData));
  const load = { streams: 20, writers: 3, rounds: 1, pauseMs: 300 };
  const result = await rollingRestart({ main, postgres, file, ...load });
  expect(result).toMatchObject({ refused: 0, lost: [], doubled: [], outOfOrder: [], resets: 0 });
  expect(result).toMatchObject({ level: 20, mostReconnects: 1 });
  expect(result.acknowledged).toBeGreaterThan(3);
});
