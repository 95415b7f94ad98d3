import { smallData } from "./data-file.ts";
import { failover } from "./failover.ts";
import { buildServer } from "./server-process.ts";
import { startPostgres } from "./start-postgres.ts";

/** `npm run failover -- <streams> <writers> <rounds>`: 300, 6 and 10 by default. Exits with 1 when a guarantee broke. */
const [streams = 300, writers = 6, rounds = 10] = process.argv.slice(2).map(Number);
const { main, remove } = await buildServer("failover");
const postgres = await startPostgres();
try {
  const file = Buffer.from(JSON.stringify(smallData));
  const result = await failover({ main, postgres, file, streams, writers, rounds, pauseMs: 1_000 });
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
  process.exitCode = isRight && level === streams ? 0 : 1;
} finally {
  await postgres.remove();
  remove();
}
