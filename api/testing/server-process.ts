import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { build } from "vite";

/**
 * Builds the API once, because with `tsx` most of a test would be starting servers; below node_modules, so
 * that its imports resolve. Returns the built command. `entry` is from the root of the repository.
 */
export async function buildServer(
  name: string,
  entry = "api/main.ts",
): Promise<{ main: string; remove: () => void }> {
  const cache = path.join(import.meta.dirname, "../../node_modules/.cache");
  const folder = path.join(cache, `tandem-${name}-${process.pid}`);
  await build({
    configFile: false,
    logLevel: "silent",
    build: {
      ssr: path.join(import.meta.dirname, "../..", entry),
      outDir: folder,
      emptyOutDir: true,
    },
  });
  const remove = () => fs.rmSync(folder, { recursive: true, force: true });
  return { main: path.join(folder, `${path.parse(entry).name}.js`), remove };
}

export interface ServerProcess {
  child: ChildProcess;
  /** Empty when it did not start. */
  base: string;
  exited: Promise<number | null>;
  err(): string;
}

/** Runs the API in a process of its own; resolves when it listens or has exited. */
export async function startServer(
  main: string,
  env: Record<string, string>,
): Promise<ServerProcess> {
  const child: ChildProcess = spawn(process.execPath, [main], {
    env: { ...process.env, API_PORT: "0", HOST: "127.0.0.1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stderr?.on("data", (chunk) => {
    err += chunk;
  });
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const base = await new Promise<string>((resolve) => {
    child.stdout?.on("data", (chunk) => {
      out += chunk;
      const found = /http:\/\/\S+/.exec(out)?.[0];
      if (found) resolve(found);
    });
    child.once("exit", () => resolve(""));
  });
  return { child, base, exited, err: () => err };
}
