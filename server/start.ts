import { join } from "node:path";
import { buildStale } from "./build-stale.ts";
import { createBuiltSites } from "./built-site.ts";
import { createTandem } from "./create-tandem.ts";
import { openRemotesFile } from "./remotes-file.ts";
import { run } from "./run.ts";
import { readSettings } from "./settings.ts";

const root = join(import.meta.dirname, "..");

/** Serves the production build, after building what is missing or stale. */
await run(async () => {
  const settings = readSettings(process.env);
  const remotes = openRemotesFile(settings.remotesFile);
  await buildStale(root);
  return createTandem(settings, () =>
    createBuiltSites(join(root, "dist"), { ...settings, remotes }),
  );
});
