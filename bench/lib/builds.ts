import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { federation } from "@module-federation/vite";
import react from "@vitejs/plugin-react";
import { build, type InlineConfig, loadConfigFromFile, mergeConfig, type Plugin } from "vite";

const root = join(import.meta.dirname, "../..");
const at = (...path: string[]) => join(root, ...path);

/** A temporary folder, and what deletes it. */
export async function createBuildFolder() {
  const folder = await mkdtemp(join(tmpdir(), "tandem-bench-dist-"));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Tandem as `npm run build` builds it. */
export async function buildTandem(dist: string): Promise<string> {
  for (const mode of ["tab-app", "host", "frame"]) await buildMode(mode, join(dist, mode));
  return dist;
}

/** Tandem with React and react-query in the share scope of module federation. */
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

/** Tandem without module federation: the frame page imports the tab-app. */
export async function buildPlain(dist: string): Promise<string> {
  await buildMode("host", join(dist, "host"));
  await buildMode("frame", join(dist, "frame"), { plugins: [react(), importStatically()] });
  return dist;
}

/** Adds the pages of `bench/alternatives` to a build of Tandem. */
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

/** Builds by `vite.config.ts`; `plugins` replace those of the configuration. */
async function buildMode(
  mode: string,
  outDir: string,
  { plugins }: { plugins?: InlineConfig["plugins"] } = {},
): Promise<void> {
  const loaded = await loadConfigFromFile({ command: "build", mode }, at("vite.config.ts"));
  if (!loaded) throw new Error("There is no vite.config.ts");
  const { rolldownOptions, ...rest } = loaded.config.build ?? {};
  // The grouping of chunks fits only the plugins of the configuration: combined with `shared` the remote
  // never mounts.
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
