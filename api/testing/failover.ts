import { setTimeout as pause } from "node:timers/promises";
import { type LoadResult, replicasUnderLoad, type TrialOptions } from "./replicas-under-load.ts";
import { type ServerProcess, startServer } from "./server-process.ts";
import { createTestDatabase } from "./start-postgres.ts";

/**
 * Two replicas on one database, with streams and writers at both. In each round one replica is killed, PostgreSQL is
 * stopped at once and started, and the other replica is killed; each starts again.
 */
export async function failover(options: TrialOptions): Promise<LoadResult> {
  const { main, postgres, streams, writers, rounds, pauseMs } = options;
  const DATABASE_URL = await createTestDatabase(postgres.url, options.file);
  const start = (port = "0") => startServer(main, { DATABASE_URL, API_PORT: port });
  const replicas = [await start(), await start()];
  const bases = replicas.map(({ base }) => base);

  async function restart(index: number): Promise<void> {
    const killed = replicas[index];
    killed?.child.kill("SIGKILL");
    await killed?.exited;
    await pause(pauseMs);
    replicas[index] = await startAgain(start, new URL(bases[index] ?? "").port);
  }

  const refused = () => pause(50);
  const result = await replicasUnderLoad(bases, { streams, writers, refused }, async () => {
    for (let round = 0; round < rounds; round += 1) {
      await restart(0);
      await pause(pauseMs);
      await postgres.crash();
      await pause(pauseMs);
      await postgres.start();
      await pause(pauseMs);
      await restart(1);
      await pause(pauseMs);
    }
  });
  for (const { child } of replicas) child.kill("SIGKILL");
  return result;
}

/** A replica that starts while PostgreSQL does is refused, and its supervisor tries again. */
async function startAgain(
  start: (port: string) => Promise<ServerProcess>,
  port: string,
): Promise<ServerProcess> {
  for (let tries = 0; ; tries += 1) {
    const server = await start(port);
    if (server.base !== "") return server;
    if (tries === 20) throw new Error(`a replica does not start: ${server.err()}`);
    await pause(200);
  }
}
