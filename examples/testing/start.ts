import { spawn } from "node:child_process";
import { freePorts } from "#api/testing/free-ports.ts";

/** Starts a program that serves an example, and waits until it answers. */
export async function startServer(
  command: (port: number) => readonly string[],
  cwd: string,
  { env = {}, ...options }: { port?: number; env?: Readonly<Record<string, string>> } = {},
) {
  const [free = 0] = await freePorts(1);
  const { port = free } = options;
  const url = `http://localhost:${port}`;
  const server = spawn(process.execPath, command(port), {
    cwd,
    stdio: "ignore",
    env: { ...process.env, ...env, PORT: `${port}` },
  });
  const ended = new Promise<never>((_, reject) => {
    server.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  // It ends at the end of the test as well.
  ended.catch(() => {});
  await Promise.race([answers(url), ended]);
  const end = async (signal: NodeJS.Signals) => {
    const over = ended.catch(() => {});
    server.kill(signal);
    await over;
  };
  return { url, port, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") };
}

/** Resolves when something answers at that address. */
export async function answers(url: string): Promise<void> {
  const isUp = await fetch(url).then(
    () => true,
    () => false,
  );
  if (isUp) return;
  await new Promise((resolve) => setTimeout(resolve, 100));
  return answers(url);
}
