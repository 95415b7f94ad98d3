import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createBuiltSites } from "#server/built-site.ts";
import { fillPage, pathOf, type Sites, shortLived } from "#server/site.ts";

/** Like `createBuiltSites`, but the frame page has no manifest to preload from. */
export function createPlainSites(dist: string): Sites {
  const built = createBuiltSites(dist);
  return {
    ...built,
    pane(request, response, origins) {
      if (pathOf(request) !== "/frame.html") return built.pane(request, response, origins);
      const page = readFileSync(join(dist, "frame", "frame.html"), "utf8");
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.setHeader("Cache-Control", shortLived);
      response.end(fillPage(page, origins, { build: built.build() }));
    },
  };
}
