import { readFile } from "node:fs/promises";
import type { Server } from "node:http";
import { join } from "node:path";
import { createServer, type ViteDevServer } from "vite";
import type { Servers } from "./create-tandem.ts";
import { addOpenNote } from "./open-note.ts";
import type { Origins } from "./origins.ts";
import { sendWorker, workerPath, workerRemover } from "./pages-worker.ts";
import type { RemotesFile } from "./remotes-file.ts";
import { fillPage, type PageFill, pathOf, type Site, type Sites, sendNotFound } from "./site.ts";

/** Serves both apps by Vite's dev server, with hot reload in the shell and in every pane. */
export async function createDevSites(
  root: string,
  servers: Servers,
  { isOpen, remotes }: { isOpen: boolean; remotes: RemotesFile },
): Promise<Sites> {
  const shell = await createVite("host", servers.shell);
  const pane = await createVite("tab-app", servers.pane);
  const wallBoard = await createVite("wall-board", servers.pane);
  const tabs = site(pane, {
    "/": async () => withNote(await page("tab-app/index.html")),
    // Served by the Vite of the tab-app: the frame page needs the pane origin, and the React Refresh of the
    // remote that it mounts.
    "/frame.html": async () =>
      (await page("host/frame.html")).replaceAll(`src="./`, `src="/@fs${root}/host/`),
  });
  const board = site(wallBoard, {
    "/wall-board/": async () => withNote(await page("wall-board/index.html")),
  });

  return {
    shell: site(
      shell,
      { "/": async () => withNote(await page("host/index.html")) },
      ({ shell: origin }) => ({ remotes: remotes.read(origin) }),
    ),
    pane: (request, response, origins) =>
      (pathOf(request).startsWith("/wall-board/") ? board : tabs)(request, response, origins),
    build: () => null,
    async close() {
      await Promise.all([shell.close(), pane.close(), wallBoard.close()]);
    },
  };

  function withNote(html: string): string {
    return isOpen ? addOpenNote(html) : html;
  }

  function page(file: string): Promise<string> {
    return readFile(join(root, file), "utf8");
  }

  function createVite(mode: string, server: Server): Promise<ViteDevServer> {
    return createServer({
      configFile: join(root, "vite.config.ts"),
      mode,
      appType: "custom",
      server: { middlewareMode: true, hmr: { server } },
    });
  }
}

function site(
  vite: ViteDevServer,
  pages: Record<string, () => Promise<string>>,
  fill: (origins: Origins) => PageFill = () => ({}),
): Site {
  return async (request, response, origins) => {
    // One that `npm start` left at this address would go on serving its build.
    if (pathOf(request) === workerPath) return sendWorker(response, workerRemover);
    const page = pages[pathOf(request)];
    if (page) {
      const html = await vite.transformIndexHtml(request.url ?? "/", await page());
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.end(fillPage(html, origins, fill(origins)));
      return;
    }
    vite.middlewares(request, response, () => sendNotFound(request, response));
  };
}
