import fs from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import type { Request, Response } from "express";
import { createCommitLoop } from "#api/file/commit-loop.ts";
import { openDataFile } from "#api/file/data-file.ts";
import { createHandEdits } from "#api/file/hand-edits.ts";
import { openStore } from "#api/file/load-store.ts";
import { holdFile } from "#api/file/lock-data-file.ts";
import { openLogFile } from "#api/file/log-file.ts";
import { watchFile } from "#api/file/watch-file.ts";
import { createAccess } from "#api/http/access.ts";
import { createFaults } from "#api/http/faults.ts";
import { createReads } from "#api/reads/reads.ts";
import { createHttp } from "#api/routes/routes.ts";
import type { Document } from "#api/rows/document.ts";
import { createChangeFeed } from "#api/stream/change-stream.ts";

export interface ApiOptions {
  /** The data file. It must be there and be good. */
  file: string;
  /** Origins that may read and write from elsewhere. The API's own origin always may. */
  allowedOrigins?: readonly string[];
  /** Names or `name:port` in `Host` besides those of loopback. */
  allowedHosts?: readonly string[];
  /** Whether `/faults` may be used. */
  allowFaults?: boolean;
  log?: (line: string) => void;
  /** How many changes the log reaches back; 5,000 unless told. */
  maxChanges?: number;
  /** Milliseconds between the comments that keep a quiet feed open. */
  pingMs?: number;
}

export type Handler = (req: IncomingMessage, res: ServerResponse) => void;

export interface Api {
  /** The whole API; serves the same under its mount point and under `/api` of it. */
  handler: Handler;
  /** Only `GET` and `PATCH` of the fault switch, whatever the path: for the shell's origin. */
  faults: Handler;
  /** Answers what was begun, ends the feeds, lets go of the files. */
  close(): Promise<void>;
}

/**
 * Opens a data file and serves it. Rejects with an `Error` whose message says, in one line, why the
 * file cannot be served.
 */
export async function createApi(options: ApiOptions): Promise<Api> {
  const log = options.log ?? (() => {});
  const now = Date.now;
  if (!fs.existsSync(options.file)) {
    throw new Error(`${options.file}: there is no such file. "npm run seed" makes db.json anew.`);
  }
  // A link is followed: a rename over it would cut it off from what it names.
  const file = fs.realpathSync(options.file);
  const beside = path.join(path.dirname(file), ".tandem", path.basename(file));
  const opened = await open(file, beside, {
    now,
    log,
    maxChanges: options.maxChanges ?? 5_000,
  }).catch((error: unknown) => {
    throw new Error(`${options.file}: ${error instanceof Error ? error.message : String(error)}`);
  });
  const { store, dataFile, logFile, release } = opened;
  const rescueFile = `${beside}.rescued`;
  const handEdits = createHandEdits({ store, dataFile, logFile, rescueFile, now, log });
  const loop = createCommitLoop({ store, dataFile, logFile, handEdits, now, log });
  const stopWatching = watchFile(file, () => loop.wake());
  const feed = createChangeFeed(store, options.pingMs ?? 15_000);
  const access = createAccess({
    allowedHosts: options.allowedHosts ?? [],
    allowedOrigins: options.allowedOrigins ?? [],
  });
  const http = createHttp({
    store,
    loop,
    feed,
    log,
    reads: createReads(store, (req, res) => access.mark(req, res)),
    faults: createFaults(),
    allowFaults: options.allowFaults ?? false,
    access,
  });
  return {
    handler: (req, res) => http.serve(req as Request, res as Response),
    faults: (req, res) => http.serveFaults(req as Request, res as Response),
    async close() {
      stopWatching();
      feed.close();
      await loop.close();
      dataFile.close();
      await logFile.close();
      release();
    },
  };
}

async function open(
  file: string,
  beside: string,
  more: { now: () => number; log: (line: string) => void; maxChanges: number },
) {
  const dataFile = openDataFile<Document>(file, `${beside}.tmp`);
  const sight = dataFile.look();
  if (sight.kind !== "changed") {
    throw new Error(sight.kind === "unreadable" ? sight.reason : "the file cannot be read");
  }
  const release = await holdFile(file);
  try {
    const logPath = `${beside}.log`;
    const logFile = openLogFile(logPath, file);
    const store = await openStore({ file, bytes: sight.bytes, logPath, logFile, ...more });
    return { store, dataFile, logFile, release };
  } catch (error) {
    release();
    dataFile.close();
    throw error;
  }
}
