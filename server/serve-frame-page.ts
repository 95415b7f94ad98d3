import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Plugin } from "vite";

/**
 * In development the frame page comes from the tab-app's dev server, as it must be of the pane origin
 * and run the same React Refresh as the remote that it mounts.
 */
export function serveFramePage(file: string): Plugin {
  return {
    name: "tandem:serve-frame-page",
    apply: "serve",
    configureServer(server) {
      server.middlewares.use("/frame.html", (request, response, next) => {
        const url = request.originalUrl ?? "/frame.html";
        readFile(file, "utf8")
          .then((html) => html.replaceAll('src="./', `src="/@fs${dirname(file)}/`))
          .then((html) => server.transformIndexHtml(url, html))
          .then((html) => response.setHeader("Content-Type", "text/html").end(html))
          .catch(next);
      });
    },
  };
}
