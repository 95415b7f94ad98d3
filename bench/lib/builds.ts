import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { federation } from "@module-federation/vite";
import react from "@vitejs/plugin-react";
import { build, type InlineConfig, loadConfigFromFile, mergeConfig, type Plugin } from "vite";

const root = join(import.meta.dirname, "../..");
const at = (...path: string[]) => join(root, ...path);

/** A folder under the system's temporary one, gone when the process ends its work. */
export async function createBuildFolder() {
  const folder = await mkdtemp(join(tmpdir(), "tandem-bench-dist-"));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** What `npm run build` makes. */
export async function buildTandem(dist: string): Promise<string> {
  for (const mode of ["tab-app", "host", "frame"]) await buildMode(mode, join(dist, mode));
  return dist;
}

/** As built, but the tab-app offers React and react-query in a share scope. */
export async function buildShared(dist: string): Promise<string> {
  await buildMode("host", join(dist, "host"));
  await buildMode("frame", join(dist, "frame"));
  const singleton = { singleton: true };
  await buildMode("tab-app", join(dist, "tab-app"), {
    plugins: [
      react(),
      federation({
        name: "tabApp",
        filename: "remoteEntry.js",
        manifest: true,
        exposes: { "./mount": at("tab-app/src/app/mount.tsx") },
        shared: {
          react: singleton,
          "react/jsx-runtime": singleton,
          "react-dom": singleton,
          "react-dom/client": singleton,
          "@tanstack/react-query": singleton,
        },
        dts: false,
      }),
    ],
  });
  return dist;
}

/** The same shell, frame page and tab-app without federation: the frame page imports the tab-app. */
export async function buildPlain(dist: string): Promise<string> {
  await buildMode("host", join(dist, "host"));
  await buildMode("frame", join(dist, "frame"), { plugins: [react(), importStatically()] });
  return dist;
}

/** The small pages of `bench/alternatives`, next to Tandem's own. */
export async function buildAlternatives(dist: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: "error",
    root: at("bench/alternatives"),
    build: {
      target: "baseline-widely-available",
      outDir: join(dist, "frame"),
      emptyOutDir: false,
      rolldownOptions: {
        input: [at("bench/alternatives/tabs.html"), at("bench/alternatives/tab.html")],
      },
    },
  });
}

/** By `vite.config.ts`; `plugins` come in place of its own. */
async function buildMode(
  mode: string,
  outDir: string,
  { plugins }: { plugins?: InlineConfig["plugins"] } = {},
): Promise<void> {
  const loaded = await loadConfigFromFile({ command: "build", mode }, at("vite.config.ts"));
  if (!loaded) throw new Error("There is no vite.config.ts");
  const { rolldownOptions, ...rest } = loaded.config.build ?? {};
  // The grouping of chunks goes with the plugins it was made for: together with `shared` the remote
  // was never mounted.
  const { output: _, ...input } = rolldownOptions ?? {};
  const config = plugins
    ? { ...loaded.config, plugins, build: { ...rest, rolldownOptions: input } }
    : loaded.config;
  await build(
    mergeConfig(config, { configFile: false, mode, logLevel: "error", build: { outDir } }),
  );
}

function importStatically(): Plugin {
  return {
    name: "bench-import-statically",
    enforce: "pre",
    resolveId(source) {
      return source.endsWith("/load-remote.ts") ? at("bench/plain/load-remote.ts") : null;
    },
  };
}
