import { readFile } from "node:fs/promises";
import type { Server } from "node:http";
import { join } from "node:path";
import { createServer, type ViteDevServer } from "vite";
import { fillOrigins, pathOf, type Site, type Sites } from "./built-site.ts";

export interface DevServers {
  readonly shell: Server;
  readonly pane: Server;
}

/** Both apps by Vite's dev server, with hot reload in the shell and in every pane. */
export async function createDevSites(root: string, servers: DevServers): Promise<Sites> {
  const shell = await createVite("host", servers.shell);
  const pane = await createVite("tab-app", servers.pane);

  function site(vite: ViteDevServer, folder: string): Site {
    return async (request, response, origins) => {
      if (pathOf(request) === "/") {
        const html = await readFile(join(root, folder, "index.html"), "utf8");
        const page = await vite.transformIndexHtml(request.url ?? "/", html);
        response.setHeader("Content-Type", "text/html; charset=utf-8");
        response.end(fillOrigins(page, origins));
        return;
      }
      vite.middlewares(request, response, () => {
        response.statusCode = 404;
        response.end("Nothing is here.\n");
      });
    };
  }

  return {
    shell: site(shell, "host"),
    pane: site(pane, "tab-app"),
    async close() {
      await Promise.all([shell.close(), pane.close()]);
    },
  };

  function createVite(mode: string, server: Server): Promise<ViteDevServer> {
    return createServer({
      configFile: join(root, "vite.config.ts"),
      mode,
      appType: "custom",
      server: { middlewareMode: true, hmr: { server } },
    });
  }
}
