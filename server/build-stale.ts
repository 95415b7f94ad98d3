import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

/** What each mode of `vite build` leaves in its folder of `dist`. */
const pages = { "tab-app": "index.html", host: "index.html", frame: "frame.html" };

/** What the build is made from. */
const sources = ["tab-app", "host", "sync", "ui", "api", "vite.config.ts", "package-lock.json"];

/** Builds what is missing, or older than its sources, as after a pull. */
export async function buildStale(root: string): Promise<void> {
  const changed = Math.max(...sources.map((source) => lastChange(join(root, source))));
  for (const [mode, page] of Object.entries(pages)) {
    const built = join(root, "dist", mode, page);
    if (existsSync(built) && statSync(built).mtimeMs > changed) continue;
    console.log(`Building ${mode} …`);
    await build({ configFile: join(root, "vite.config.ts"), mode, logLevel: "warn" });
  }
}

/** Milliseconds since the Unix epoch. Tests are not built. */
function lastChange(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : stats.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => lastChange(join(path, name))));
}
