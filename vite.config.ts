import { createHash } from "node:crypto";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { federation } from "@module-federation/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type UserConfig } from "vite";
import { firstFile } from "./scripts/first-file.ts";
import { lightContainer } from "./scripts/light-container.ts";
import { packageDoors } from "./scripts/package-doors.ts";
import { precompress } from "./scripts/precompress.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const named = new Map<string, string>();

/** Of a class: 0.7 KB less of what the page loads first. */
function shortName(name: string, file: string): string {
  const full = `${relative(at("."), file)} ${name}`;
  const short = `_${createHash("sha256").update(full).digest("base64url").slice(0, 4)}`;
  const other = named.get(short) ?? full;
  if (other !== full) throw new Error(`${full} and ${other} have the same short name`);
  named.set(short, full);
  return short;
}

/**
 * One config for what is built: the federated `tab-app` and `wall-board`, the shell (`host`), and the `frame` page of
 * the host, which goes to the panes' origin and so can share no file with the shell, and the `worker` of both origins.
 */
export default defineConfig(({ mode }): UserConfig => {
  const common = (outDir: string) =>
    ({
      clearScreen: false,
      // Two dev servers that optimised into one folder would serve each other's files.
      cacheDir: at(`node_modules/.vite/${mode}`),
      build: {
        target: "baseline-widely-available",
        outDir: at(outDir),
        emptyOutDir: true,
        // Budgets are held by `precompress`.
        chunkSizeWarningLimit: 800,
        cssCodeSplit: false,
        // A font of its own request would arrive after the first paint.
        assetsInlineLimit: (file: string) => file.endsWith(".woff2") || file.endsWith(".svg"),
      },
    }) satisfies UserConfig;

  switch (mode) {
    case "tab-app": {
      const { build, ...rest } = common("dist/tab-app");
      return {
        ...rest,
        root: at("tab-app"),
        css: { modules: { generateScopedName: shortName } },
        plugins: [
          react(),
          federation({
            name: "tabApp",
            filename: "remoteEntry.js",
            manifest: true,
            exposes: { "./mount": at("tab-app/src/app/mount.tsx") },
            // Each pane is a realm of its own: there is nothing that two of them could share.
            shared: {},
            dts: false,
          }),
          lightContainer(),
          // Later: the command menu, forms that are not on the first screen, the overview with its charts, each with its styles, and
          // 12 KB of the inspector.
          precompress({ first: 150_000, later: 157_000 }),
        ],
        optimizeDeps: {
          // With a warm cache the plugin's dev mode loses its entries and the standalone page crashes.
          force: true,
          // This dev server serves the frame page too: what only that imports must not come as news.
          entries: [at("tab-app/index.html"), at("host/frame/main.ts")],
          include: ["penpal", "zod/mini", "@module-federation/runtime"],
        },
        build: {
          ...build,
          modulePreload: false,
          // The styles of a part come with it: `import` waits for them.
          cssCodeSplit: true,
          rolldownOptions: {
            output: {
              codeSplitting: { groups: [firstFile("tab", at("tab-app/src/app/mount.tsx"))] },
            },
          },
        },
      };
    }
    case "wall-board": {
      const { build, ...rest } = common("dist/remotes/wall-board");
      return {
        ...rest,
        base: "/wall-board/",
        root: at("wall-board"),
        resolve: { alias: packageDoors },
        plugins: [
          federation({
            name: "wallBoard",
            filename: "remoteEntry.js",
            manifest: true,
            exposes: { "./mount": at("wall-board/src/mount.ts") },
            // From the manifest's own address. By the base, the runtime loads no styles.
            publicPath: "auto",
            shared: {},
            dts: false,
          }),
          lightContainer(),
          precompress({ first: 34_000 }),
        ],
        optimizeDeps: { force: true },
        build: { ...build, modulePreload: false },
      };
    }
    case "host":
      return {
        ...common("dist/host"),
        root: at("host"),
        // Later: all that opens on demand, and the edges by which panes are resized; 12 KB of it are the inspector.
        plugins: [react(), precompress({ first: 96_000, later: 78_000 })],
      };
    case "frame": {
      const { build, ...rest } = common("dist/frame");
      return {
        ...rest,
        root: at("host"),
        plugins: [precompress({ first: 25_000 })],
        define: {
          // Branches of the federation runtime for what no remote of ours has, or no browser.
          ENV_TARGET: JSON.stringify("web"),
          FEDERATION_OPTIMIZE_NO_SHARED: "true",
        },
        build: { ...build, rolldownOptions: { input: at("host/frame.html") } },
      };
    }
    case "worker":
      return {
        ...common("dist/worker"),
        root: at("host"),
        build: {
          ...common("dist/worker").build,
          rolldownOptions: {
            input: at("host/pages-worker/main.ts"),
            // One script of a fixed name, which the server puts a list in front of.
            output: { format: "iife", entryFileNames: "worker.js" },
          },
        },
      };
    default:
      throw new Error(
        `Unknown mode "${mode}": say --mode tab-app, --mode wall-board, --mode host, --mode frame or --mode worker`,
      );
  }
});
