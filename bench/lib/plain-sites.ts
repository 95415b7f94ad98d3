import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createBuiltSites, fillOrigins, pathOf, type Sites } from "#server/built-site.ts";

/** As `createBuiltSites`, with a frame page that has no manifest to preload from. */
export function createPlainSites(dist: string): Sites {
  const built = createBuiltSites(dist);
  return {
    ...built,
    pane(request, response, origins) {
      if (pathOf(request) !== "/frame.html") return built.pane(request, response, origins);
      const page = readFileSync(join(dist, "frame", "frame.html"), "utf8");
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      // What the federated frame page is sent with.
      response.setHeader("Cache-Control", "max-age=2, must-revalidate");
      response.end(fillOrigins(page, origins));
    },
  };
}
