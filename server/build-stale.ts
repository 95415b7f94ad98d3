import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

/** A file of `dist` that each mode of `vite build` writes. */
const files = {
  "tab-app": "tab-app/index.html",
  "wall-board": "remotes/wall-board/index.html",
  host: "host/index.html",
  frame: "frame/frame.html",
  worker: "worker/worker.js",
};

const sources = [
  "tab-app",
  "wall-board",
  "host",
  "sync",
  "contract",
  "ui",
  "vite.config.ts",
  "scripts/precompress.ts",
  "package-lock.json",
];

/** Builds every mode whose output is missing or older than the sources, as after a pull. */
export async function buildStale(root: string): Promise<void> {
  const changed = Math.max(...sources.map((source) => lastChange(join(root, source))));
  for (const [mode, file] of Object.entries(files)) {
    const built = join(root, "dist", file);
    if (existsSync(built) && statSync(built).mtimeMs > changed) continue;
    console.log(`Building ${mode} …`);
    await build({ configFile: join(root, "vite.config.ts"), mode, logLevel: "warn" });
  }
}

/** Milliseconds since the Unix epoch. Tests do not count: they are not built. */
function lastChange(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : stats.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => lastChange(join(path, name))));
}
