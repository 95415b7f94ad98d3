import { join } from "node:path";
import { createTandem } from "./create-tandem.ts";
import { createDevSites } from "./dev-site.ts";
import { openRemotesFile } from "./remotes-file.ts";
import { run } from "./run.ts";
import { readSettings } from "./settings.ts";

const root = join(import.meta.dirname, "..");

/** Serves the sources with hot reload. */
await run(() => {
  const settings = readSettings(process.env);
  const { isOpen } = settings;
  const remotes = openRemotesFile(settings.remotesFile);
  return createTandem(settings, (servers) => createDevSites(root, servers, { isOpen, remotes }));
});
