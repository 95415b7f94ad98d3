import { expect, onTestFinished, test } from "vitest";
import { smallData } from "#api/testing/data-file.ts";
import { failover } from "#api/testing/failover.ts";
import { buildServer } from "#api/testing/server-process.ts";
import { startPostgres } from "#api/testing/start-postgres.ts";

/** The long form is `npm run failover`. */
test("replicas and PostgreSQL are killed: nothing acknowledged is lost, doubled or told out of order", {
  timeout: 300_000,
}, async () => {
  const { main, remove } = await buildServer("failover-test");
  onTestFinished(remove);
  const postgres = await startPostgres();
  onTestFinished(() => postgres.remove());
  const file = Buffer.from(JSON.stringify(smallData));
  const result = await failover({
    main,
    postgres,
    file,
    streams: 20,
    writers: 3,
    rounds: 1,
    pauseMs: 300,
  });
  expect(result).toMatchObject({ lost: [], doubled: [], outOfOrder: [], resets: 0, level: 20 });
  expect(result.acknowledged).toBeGreaterThan(3);
  expect(result.reconnects).toBeGreaterThanOrEqual(20);
});
