import { setTimeout as pause } from "node:timers/promises";
import { freePorts } from "./free-ports.ts";
import type { LogReader } from "./log-reader.ts";
import { type LoadResult, replicasUnderLoad, type TrialOptions } from "./replicas-under-load.ts";
import { startServer } from "./server-process.ts";
import { createTestDatabase } from "./start-postgres.ts";

export interface RollingResult extends LoadResult {
  /** Notes that were answered with an error by a server that was stopping, or starting. */
  refused: number;
  /** Notes that met a closed connection, and were sent again to the other replica. */
  again: number;
  /** The most reconnects that a stream had while one replica was restarted. */
  mostReconnects: number;
  /** Milliseconds from the signal to the end of a replica, at most. */
  slowestStopMs: number;
}

/**
 * Two replicas on one database under streams and writers, which are stopped by SIGTERM and started again one after the
 * other, as a deploy does it. Writers are behind what a proxy is: a note that met a closed connection goes to the other replica.
 * `main` is the command of `server/testing/replica.ts`.
 */
export async function rollingRestart(options: TrialOptions): Promise<RollingResult> {
  const { main, postgres, streams, writers, rounds, pauseMs } = options;
  const DATABASE_URL = await createTestDatabase(postgres.url, options.file);
  const [p0, p1, p2, p3] = (await freePorts(4)).map(String) as [string, string, string, string];
  const start = (index: number) => {
    const [PORT, PANE_PORT] = index === 0 ? [p0, p1] : [p2, p3];
    return startServer(main, { DATABASE_URL, PORT, PANE_PORT });
  };
  const replicas = [await start(0), await start(1)];
  const bases = replicas.map(({ base }) => base);
  const seen = { refused: 0, again: 0, mostReconnects: 0, slowestStopMs: 0 };

  function refused(status: number) {
    if (status === 0) seen.again += 1;
    else seen.refused += 1;
  }

  async function restart(index: number, readers: readonly LogReader[]): Promise<void> {
    const before = readers.map((reader) => reader.reconnects());
    const stopped = performance.now();
    replicas[index]?.child.kill("SIGTERM");
    await replicas[index]?.exited;
    seen.slowestStopMs = Math.max(seen.slowestStopMs, performance.now() - stopped);
    replicas[index] = await start(index);
    await pause(pauseMs);
    const more = readers.map((reader, at) => reader.reconnects() - (before[at] ?? 0));
    seen.mostReconnects = Math.max(seen.mostReconnects, ...more);
  }

  const result = await replicasUnderLoad(bases, { streams, writers, refused }, async (readers) => {
    await pause(pauseMs);
    for (let round = 0; round < rounds; round += 1)
      for (const index of [0, 1]) await restart(index, readers);
  });
  for (const { child } of replicas) child.kill("SIGKILL");
  return { ...result, ...seen };
}
