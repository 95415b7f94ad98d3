import { parseArgs } from "node:util";
import { startPostgres } from "#api/testing/start-postgres.ts";
import { compareWithPostgres } from "./compare-with-postgres.ts";

/** `npm run soak:postgres -- --runs 500 --seed 1`: exits with 1, and the shortest schedule, when the engine differs from the model. */
const { values } = parseArgs({
  options: { runs: { type: "string", default: "500" }, seed: { type: "string", default: "1" } },
});
const [runs, seed] = [Number(values.runs), Number(values.seed)];
const postgres = await startPostgres();
const began = performance.now();
try {
  await compareWithPostgres({ url: postgres.url, runs, seed });
  const seconds = Math.round((performance.now() - began) / 1_000);
  console.log(`${runs} schedules, seed ${seed}: two replicas as the model, in ${seconds} s`);
} catch (error) {
  const { message, cause } = error as Error;
  console.error(message, cause instanceof Error ? cause.message : "");
  process.exitCode = 1;
} finally {
  await postgres.remove();
}
