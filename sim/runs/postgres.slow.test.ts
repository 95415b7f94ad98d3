import { onTestFinished, test } from "vitest";
import { startPostgres } from "#api/testing/start-postgres.ts";
import { compareWithPostgres } from "./compare-with-postgres.ts";

/** The long form is `npm run soak:postgres`. */
test("two replicas on PostgreSQL answer and log as the simulation's model does, in 20 schedules", {
  timeout: 600_000,
}, async () => {
  const postgres = await startPostgres();
  onTestFinished(() => postgres.remove());
  await compareWithPostgres({ url: postgres.url, runs: 20, seed: 1 });
});
