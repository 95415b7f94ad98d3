import { type ChildProcess, spawn } from "node:child_process";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts } from "#api/testing/free-ports.ts";

const root = join(import.meta.dirname, "../..");

/** Tandem as `npm start` runs it, on ports of its own and a copy of the data. */
export interface TandemServer {
  readonly shellUrl: string;
  readonly paneUrl: string;
  readonly apiUrl: string;
  /** The copy of `db.json`. */
  readonly db: string;
  /** Kills the process as a power cut would, and starts another on the same data and ports. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops the server and deletes the data. */
  close(): Promise<void>;
}

export interface TandemServerOptions {
  /** The URL of another API to use in place of Tandem's. */
  api?: string;
  /** Further settings, once the address of the panes is known. `folder` is deleted with the server. */
  settings?: (paneOrigin: string, folder: string) => Promise<Readonly<Record<string, string>>>;
}

export async function createTandemServer({
  api = "",
  settings = async () => ({}),
}: TandemServerOptions = {}): Promise<TandemServer> {
  const folder = await mkdtemp(join(tmpdir(), "tandem-e2e-"));
  const db = join(folder, "db.json");
  await copyFile(join(root, "db.json"), db);
  const [port, panePort] = await freePorts(2);
  const more = await settings(`http://localhost:${panePort}`, folder);
  let child: ChildProcess | null = null;

  async function start() {
    const started = spawn(process.execPath, ["--import", "tsx", "server/start.ts"], {
      cwd: root,
      env: {
        ...process.env,
        PORT: String(port),
        PANE_PORT: String(panePort),
        DB: db,
        API: api,
        // Its caches would answer what tests count, fail and hold.
        OFFLINE_PAGES: "off",
        ...more,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child = started;
    let output = "";
    await new Promise<void>((resolve, reject) => {
      const read = (chunk: Buffer) => {
        output += chunk;
        if (output.includes("Tandem is running")) resolve();
      };
      started.stdout?.on("data", read);
      started.stderr?.on("data", read);
      started.once("exit", (code, signal) =>
        reject(new Error(`Tandem did not start (${signal ?? code}):\n${output}`)),
      );
    });
    started.once("exit", (code, signal) => {
      if (child === started)
        console.error(`Tandem has ended unexpectedly (${signal ?? code}):\n${output}`);
    });
  }

  async function stop() {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise((resolve) => ending.once("exit", resolve));
    ending.kill("SIGKILL");
    await ended;
  }

  await start();
  return {
    shellUrl: `http://localhost:${port}/`,
    paneUrl: `http://localhost:${panePort}/`,
    apiUrl: `http://localhost:${panePort}/api`,
    db,
    start,
    stop,
    async restart() {
      await stop();
      await start();
    },
    async close() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
