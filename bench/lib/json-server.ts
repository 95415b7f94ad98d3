import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePorts } from "#api/testing/free-ports.ts";

export interface JsonServer {
  readonly child: ChildProcess;
  readonly base: string;
  close(): Promise<void>;
}

const command = join(import.meta.dirname, "../../node_modules/json-server/lib/cli/bin.js");

/** json-server's command on a data file, which has `users`. Resolves once it answers. */
export async function startJsonServer(file: string): Promise<JsonServer> {
  const [port = 0] = await freePorts(1);
  const args = [command, file, "--port", String(port), "--quiet"];
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  const base = `http://localhost:${port}`;
  await untilUp(base);
  return { child, base, close: () => stop(child) };
}

/** Waits until a server answers. */
export async function untilUp(base: string): Promise<void> {
  const isUp = () =>
    fetch(`${base}/users`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isUp())) await pause(20);
}

export async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}
