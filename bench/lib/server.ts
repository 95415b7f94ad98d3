import { type ChildProcess, fork } from "node:child_process";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePorts } from "../../e2e/tandem-server.ts";

/** A request that reached the server. Times are milliseconds since the Unix epoch. */
export interface Hit {
  readonly at: number;
  /** Until the answer was out; -1 while it is not. */
  ms: number;
  /** `file`: documents, code, styles, fonts. `stream`: the feed of changes. */
  readonly kind: "file" | "api" | "stream";
  readonly method: string;
  readonly path: string;
  status: number;
  /** Of the answer, head and body, as sent. */
  bytes: number;
}

/** Something that the server did by itself: took in a hand edit, or sent changes on a stream. */
export interface Note {
  readonly at: number;
  readonly what: "edit" | "sent";
  readonly rev?: number;
}

export interface Seen {
  readonly hits: readonly Hit[];
  readonly notes: readonly Note[];
  readonly openStreams: number;
}

export interface BenchServer {
  readonly shellUrl: string;
  readonly paneUrl: string;
  readonly apiUrl: string;
  /** Its own copy of the data. */
  readonly db: string;
  /** What the server saw since last asked. */
  take(): Promise<Seen>;
  /** Waits until no request has come for `quietMs` and none is open; returns all since last asked. */
  takeQuiet(quietMs?: number): Promise<Seen>;
  close(): Promise<void>;
}

const root = join(import.meta.dirname, "../..");

/** Tandem in a process of its own, on free ports and a copy of `db.json`, serving the builds in `dist`. */
export async function startServer(
  dist: string,
  { site = "built", latencyMs = 0 }: { site?: "built" | "plain"; latencyMs?: number } = {},
): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), "tandem-bench-"));
  const db = join(folder, "db.json");
  await copyFile(join(root, "db.json"), db);
  const [port, panePort] = await freePorts();
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
  await answer(child, (message) => message === "ready");

  let asked = 0;
  async function take(): Promise<Seen> {
    const id = ++asked;
    const answered = answer(child, (message) => (message as { id?: number }).id === id);
    child.send(id);
    return (await answered) as Seen;
  }

  return {
    shellUrl: `http://localhost:${port}/`,
    paneUrl: `http://localhost:${panePort}/`,
    apiUrl: `http://localhost:${panePort}/api`,
    db,
    take,
    async takeQuiet(quietMs = 600) {
      const all = { hits: [] as Hit[], notes: [] as Note[], openStreams: 0 };
      for (let quietSince = Date.now(); Date.now() - quietSince < quietMs; await pause(50)) {
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

function answer(child: ChildProcess, isIt: (message: unknown) => boolean): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const hear = (message: unknown) => {
      if (!isIt(message)) return;
      child.off("message", hear);
      child.off("exit", fail);
      resolve(message);
    };
    const fail = () => reject(new Error("The bench server ended by itself"));
    child.on("message", hear);
    child.once("exit", fail);
  });
}
