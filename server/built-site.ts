import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import sirv from "sirv";
import { addPreloads } from "./add-preloads.ts";
import { createBuildId, filesOf } from "./build-id.ts";
import { addOpenNote } from "./open-note.ts";
import type { Origins } from "./origins.ts";
import { sendWorker, workerPath, workerRemover, workerScript } from "./pages-worker.ts";
import type { Settings } from "./settings.ts";
import {
  fillPage,
  paneAncestors,
  pathOf,
  type Sites,
  sendNotFound,
  shellAncestors,
  shortLived,
} from "./site.ts";

/** Serves the production build from `dist`. */
export function createBuiltSites(
  dist: string,
  { isOpen = false, keepsPages = false }: Partial<Pick<Settings, "isOpen" | "keepsPages">> = {},
): Sites {
  const shellFiles = serveFiles(join(dist, "host"));
  const paneFiles = serveFiles(join(dist, "tab-app"), serveFiles(join(dist, "frame")));
  // Read for each request, so that a build is served without a restart.
  const read = (...path: string[]) => readFileSync(join(dist, ...path), "utf8");
  const withNote = isOpen ? addOpenNote : (html: string) => html;
  const shellPage = () => withNote(read("host", "index.html"));
  const framePage = () =>
    addPreloads(read("frame", "frame.html"), read("tab-app", "mf-manifest.json"));
  const tabPage = () => withNote(read("tab-app", "index.html"));
  const builds = createBuildId(["host", "tab-app", "frame"].map((folder) => join(dist, folder)));

  function sendPage(response: ServerResponse, html: string, origins: Origins): void {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.setHeader("Cache-Control", shortLived);
    const build = builds.read();
    if (build !== null) response.setHeader("Tandem-Build", build);
    response.end(fillPage(html, origins, { build, worker: keepsPages ? workerPath : "" }));
  }

  /** Of one origin: `folders` are what it serves of the build, and `fixed` the pages and entries in them. */
  function sendPagesWorker(
    response: ServerResponse,
    origins: Origins,
    { folders, fixed }: { folders: readonly string[]; fixed: readonly string[] },
  ): void {
    const build = builds.read();
    const files = folders.flatMap((folder) => filesOf(join(dist, folder)));
    const hashed = files.filter((file) => file.startsWith("assets/")).map((file) => `/${file}`);
    const script =
      keepsPages && build !== null
        ? workerScript(read("worker", "worker.js"), { build, fixed, hashed, origins })
        : workerRemover;
    sendWorker(response, script);
  }

  return {
    shell(request, response, origins) {
      response.setHeader(
        "Content-Security-Policy",
        policy(
          `connect-src 'self' ${origins.pane}; frame-src ${origins.pane}; ${shellAncestors()}`,
        ),
      );
      if (isIndex(request)) return sendPage(response, shellPage(), origins);
      if (pathOf(request) === workerPath)
        return sendPagesWorker(response, origins, { folders: ["host"], fixed: ["/"] });
      shellFiles(request, response);
    },
    pane(request, response, origins) {
      response.setHeader("Content-Security-Policy", policy(paneAncestors(origins)));
      if (pathOf(request) === "/frame.html") return sendPage(response, framePage(), origins);
      if (isIndex(request)) return sendPage(response, tabPage(), origins);
      if (pathOf(request) === workerPath)
        return sendPagesWorker(response, origins, {
          folders: ["tab-app", "frame"],
          fixed: ["/", "/frame.html", "/mf-manifest.json", "/remoteEntry.js"],
        });
      paneFiles(request, response);
    },
    build: builds.recent,
    close: async () => {},
  };
}

function isIndex(request: IncomingMessage): boolean {
  return ["/", "/index.html"].includes(pathOf(request));
}

function policy(more: string): string {
  // Inline styles: menus and tooltips are positioned at run time.
  return `default-src 'self'; img-src 'self' data:; font-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; ${more}`;
}

type Fallback = (request: IncomingMessage, response: ServerResponse) => void;

function serveFiles(folder: string, fallback: Fallback = sendNotFound): Fallback {
  return sirv(folder, {
    // Reads the disk for each request; sirv's own list would name files that a build has removed.
    dev: true,
    etag: true,
    brotli: true,
    gzip: true,
    onNoMatch: fallback,
    setHeaders(response, path) {
      response.setHeader("Vary", "Accept-Encoding");
      // Names in assets/ contain a hash of the content.
      const isHashed = path.startsWith("/assets/");
      response.setHeader(
        "Cache-Control",
        isHashed ? "public, max-age=31536000, immutable" : shortLived,
      );
    },
  });
}
