import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { createBuiltSites } from "./built-site.ts";
import { createTandem } from "./create-tandem.ts";
import { run } from "./run.ts";
import { readSettings } from "./settings.ts";

const root = join(import.meta.dirname, "..");

/** Serves the production build, and builds first what is missing. */
await run(async () => {
  const settings = readSettings(process.env);
  for (const mode of ["tab-app", "host"]) {
    if (existsSync(join(root, "dist", mode, "index.html"))) continue;
    await build({ configFile: join(root, "vite.config.ts"), mode, logLevel: "warn" });
  }
  return createTandem(settings, () => createBuiltSites(join(root, "dist")));
});
