import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { createBuiltSites } from "./built-site.ts";
import { createTandem } from "./create-tandem.ts";
import { run } from "./run.ts";
import { readSettings } from "./settings.ts";

const root = join(import.meta.dirname, "..");

/** What each mode of `vite build` leaves in its folder of `dist`. */
const pages = { "tab-app": "index.html", host: "index.html", frame: "frame.html" };

/** Serves the production build, and builds first what is missing. */
await run(async () => {
  const settings = readSettings(process.env);
  for (const [mode, page] of Object.entries(pages)) {
    if (existsSync(join(root, "dist", mode, page))) continue;
    await build({ configFile: join(root, "vite.config.ts"), mode, logLevel: "warn" });
  }
  return createTandem(settings, () => createBuiltSites(join(root, "dist")));
});
