import { parseArgs } from "node:util";
import { smallData } from "./data-file.ts";
import { failover } from "./failover.ts";
import { rollingRestart } from "./rolling-restart.ts";
import { buildServer } from "./server-process.ts";
import { startPostgres } from "./start-postgres.ts";

/**
 * `npm run failover -- [--rolling] <streams> <writers> <rounds>`: 300, 6 and 10 by default. Kills replicas and PostgreSQL in turns;
 * with `--rolling`, stops the replicas by SIGTERM and starts them again, one after the other. Exits with 1 when a guarantee broke.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rolling: { type: "boolean" } },
});
const [streams = 300, writers = 6, rounds = 10] = positionals.map(Number);
const isRolling = values.rolling ?? false;
const { main, remove } = await buildServer(
  "failover",
  isRolling ? "server/testing/replica.ts" : "api/main.ts",
);
const postgres = await startPostgres();
try {
  const file = Buffer.from(JSON.stringify(smallData));
  const options = { main, postgres, file, streams, writers, rounds, pauseMs: 1_000 };
  const rolled = isRolling ? await rollingRestart(options) : null;
  const result = rolled ?? (await failover(options));
  const { lost, doubled, outOfOrder, level } = result;
  console.log({
    ...result,
    lost: lost.length,
    doubled: doubled.length,
    outOfOrder: outOfOrder.length,
    streams,
  });
  console.log([...lost, ...doubled, ...outOfOrder].slice(0, 20).join("\n"));
  const isRight = lost.length + doubled.length + outOfOrder.length + result.resets === 0;
  const isSmooth = !rolled || (rolled.refused === 0 && rolled.mostReconnects <= 1);
  process.exitCode = isRight && isSmooth && level === streams ? 0 : 1;
} finally {
  await postgres.remove();
  remove();
}
