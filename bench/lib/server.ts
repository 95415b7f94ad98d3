import { type ChildProcess, fork } from "node:child_process";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePorts } from "#api/testing/free-ports.ts";

/** A request that reached the server. Times are milliseconds since the Unix epoch. */
export interface Hit {
  readonly at: number;
  /** Until the response ended; -1 before. */
  ms: number;
  /** `file`: documents, code, styles, fonts. `stream`: the change stream. */
  readonly kind: "file" | "api" | "stream";
  readonly method: string;
  readonly path: string;
  status: number;
  /** Of the response, headers and body, as sent. */
  bytes: number;
}

/** What the server did without a request: it applied a hand edit, or sent changes on a stream. */
export interface Note {
  readonly at: number;
  readonly what: "edit" | "sent";
  readonly rev?: number;
}

/** What the server recorded. */
export interface Recording {
  readonly hits: readonly Hit[];
  readonly notes: readonly Note[];
  readonly openStreams: number;
}

export interface BenchServer {
  readonly shellUrl: string;
  readonly paneUrl: string;
  readonly apiUrl: string;
  /** The data file: a copy of `db.json`. */
  readonly db: string;
  /** Everything recorded since the last call. */
  take(): Promise<Recording>;
  /** Like `take`, after no request has arrived for `quietMs`, or after 20 s. */
  takeQuiet(quietMs?: number): Promise<Recording>;
  close(): Promise<void>;
}

const root = join(import.meta.dirname, "../..");

/** Starts Tandem in a process of its own, on free ports and `data` or a copy of `db.json`, serving the build in `dist`. */
export async function startServer(
  dist: string,
  {
    site = "built",
    latencyMs = 0,
    data,
  }: { site?: "built" | "plain"; latencyMs?: number; data?: string } = {},
): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), "tandem-bench-"));
  const db = join(folder, "db.json");
  if (data === undefined) await copyFile(join(root, "db.json"), db);
  else await writeFile(db, data);
  const [port, panePort] = await freePorts(2);
  const child = fork(join(import.meta.dirname, "serve.ts"), {
    cwd: root,
    execArgv: ["--import", "tsx"],
    env: {
      ...process.env,
      PORT: String(port),
      PANE_PORT: String(panePort),
      DB: db,
      DIST: dist,
      SITE: site,
      LATENCY: String(latencyMs),
    },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  await waitFor(child, (message) => message === "ready");

  let lastId = 0;
  async function take(): Promise<Recording> {
    const id = ++lastId;
    const reply = waitFor(child, (message) => (message as { id?: number }).id === id);
    child.send(id);
    return (await reply) as Recording;
  }

  return {
    shellUrl: `http://localhost:${port}/`,
    paneUrl: `http://localhost:${panePort}/`,
    apiUrl: `http://localhost:${panePort}/api`,
    db,
    take,
    async takeQuiet(quietMs = 600) {
      const all = { hits: [] as Hit[], notes: [] as Note[], openStreams: 0 };
      const end = Date.now() + 20_000;
      for (
        let quietSince = Date.now();
        Date.now() - quietSince < quietMs && Date.now() < end;
        await pause(50)
      ) {
        const { hits, notes, openStreams } = await take();
        all.hits.push(...hits);
        all.notes.push(...notes);
        all.openStreams = openStreams;
        if (hits.length) quietSince = Date.now();
      }
      return all;
    },
    async close() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.disconnect();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function waitFor(child: ChildProcess, isIt: (message: unknown) => boolean): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown) => {
      if (!isIt(message)) return;
      child.off("message", onMessage);
      child.off("exit", fail);
      resolve(message);
    };
    const fail = () => reject(new Error("The bench server exited"));
    child.on("message", onMessage);
    child.once("exit", fail);
  });
}

/** How many API requests of one method the server received. */
export function countRequests({ hits }: Recording, method: string): number {
  return hits.filter((hit) => hit.kind === "api" && hit.method === method).length;
}
