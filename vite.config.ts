import { fileURLToPath } from "node:url";
import { federation } from "@module-federation/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type UserConfig } from "vite";
import { serveFramePage } from "./server/serve-frame-page.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** One config for both apps: `vite build --mode tab-app` and `vite build --mode host`. */
export default defineConfig(({ mode }): UserConfig => {
  const shared = { clearScreen: false, build: { target: "baseline-widely-available" } } as const;

  if (mode === "tab-app") {
    return {
      ...shared,
      root: at("tab-app"),
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
        serveFramePage(at("host/frame.html")),
      ],
      // With a warm cache the plugin's dev mode loses its entries and the standalone page crashes.
      optimizeDeps: { force: true },
      build: { ...shared.build, outDir: at("dist/tab-app"), emptyOutDir: true },
    };
  }
  if (mode === "host") {
    return {
      ...shared,
      root: at("host"),
      plugins: [react()],
      build: {
        ...shared.build,
        outDir: at("dist/host"),
        emptyOutDir: true,
        rolldownOptions: { input: [at("host/index.html"), at("host/frame.html")] },
      },
    };
  }
  throw new Error(`Unknown mode "${mode}": say --mode tab-app or --mode host`);
});
