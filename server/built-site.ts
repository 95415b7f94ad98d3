import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import sirv from "sirv";
import { addPreloads } from "./add-preloads.ts";
import { createBuildId, filesOf, isHashed } from "./build-id.ts";
import { addOpenNote } from "./open-note.ts";
import type { Origins } from "./origins.ts";
import {
  type KeptPages,
  sendWorker,
  workerPath,
  workerRemover,
  workerScript,
} from "./pages-worker.ts";
import { openRemotesFile, pageOrigins, type RemotesFile } from "./remotes-file.ts";
import type { Settings } from "./settings.ts";
import {
  fillPage,
  type PageFill,
  paneAncestors,
  pathOf,
  type Sites,
  sendNotFound,
  shellAncestors,
  shortLived,
} from "./site.ts";

export interface BuiltSitesOptions extends Partial<Pick<Settings, "isOpen" | "keepsPages">> {
  remotes?: RemotesFile;
}

/** Serves the production build from `dist`. */
export function createBuiltSites(
  dist: string,
  {
    isOpen = false,
    keepsPages = false,
    remotes = openRemotesFile("remotes.json"),
  }: BuiltSitesOptions = {},
): Sites {
  const shellFiles = serveFiles(join(dist, "host"));
  // Each further remote is a folder of its own, at a path of its name.
  const remoteFiles = serveFiles(join(dist, "remotes"));
  const paneFiles = serveFiles(join(dist, "tab-app"), serveFiles(join(dist, "frame"), remoteFiles));
  // Read for each request, so that a build is served without a restart.
  const read = (...path: string[]) => readFileSync(join(dist, ...path), "utf8");
  const withNote = isOpen ? addOpenNote : (html: string) => html;
  const shellPage = () => withNote(read("host", "index.html"));
  const framePage = (request: IncomingMessage) => {
    const manifest = new URL(request.url ?? "/", "http://pane").searchParams.get("manifest") ?? "";
    const [, base = "/"] = /^(\/[\w-]+\/)mf-manifest\.json$/.exec(manifest) ?? [];
    const folder = base === "/" ? "tab-app" : join("remotes", base);
    const file = join(dist, folder, "mf-manifest.json");
    const page = read("frame", "frame.html");
    return existsSync(file) ? addPreloads(page, readFileSync(file, "utf8"), base) : page;
  };
  const tabPage = () => withNote(read("tab-app", "index.html"));
  const builds = createBuildId(
    ["host", "tab-app", "frame", "remotes"].map((folder) => join(dist, folder)),
  );

  /** Remotes with a build of their own, beside the tab-app. */
  const remoteNames = () => readdirSync(join(dist, "remotes"));

  /** The page of a remote without the shell. */
  function remotePage(request: IncomingMessage): string | null {
    const [, name] = /^\/([\w-]+)\/(index\.html)?$/.exec(pathOf(request)) ?? [];
    const file = join(dist, "remotes", name ?? "", "index.html");
    return name !== undefined && existsSync(file) ? readFileSync(file, "utf8") : null;
  }

  function sendPage(
    response: ServerResponse,
    html: string,
    origins: Origins,
    more: Pick<PageFill, "remotes"> = {},
  ): void {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.setHeader("Cache-Control", shortLived);
    const build = builds.read();
    if (build !== null) response.setHeader("Tandem-Build", build);
    response.end(fillPage(html, origins, { build, worker: keepsPages ? workerPath : "", ...more }));
  }

  /** Of one origin: `folders` are what it serves of the build, and `fixed` the pages and entries in them. */
  function sendPagesWorker(
    response: ServerResponse,
    origins: Origins,
    {
      folders,
      fixed,
      ...more
    }: Pick<KeptPages, "fixed" | "remotes"> & {
      folders: readonly string[];
    },
  ): void {
    const build = builds.read();
    const files = folders.flatMap((folder) => filesOf(join(dist, folder)));
    const hashed = files.filter(isHashed).map((file) => `/${file}`);
    const script =
      keepsPages && build !== null
        ? workerScript(read("worker", "worker.js"), { build, fixed, hashed, origins, ...more })
        : workerRemover;
    sendWorker(response, script);
  }

  return {
    shell(request, response, origins) {
      const offered = remotes.read(origins.shell);
      const framed = [origins.pane, ...pageOrigins(offered)].join(" ");
      response.setHeader(
        "Content-Security-Policy",
        policy(`connect-src 'self' ${framed}; frame-src ${framed}; ${shellAncestors()}`),
      );
      if (isIndex(request)) return sendPage(response, shellPage(), origins, { remotes: offered });
      if (pathOf(request) === workerPath)
        return sendPagesWorker(response, origins, {
          folders: ["host"],
          fixed: ["/"],
          remotes: offered,
        });
      shellFiles(request, response);
    },
    pane(request, response, origins) {
      response.setHeader("Content-Security-Policy", policy(paneAncestors(origins)));
      if (pathOf(request) === "/frame.html") return sendPage(response, framePage(request), origins);
      if (isIndex(request)) return sendPage(response, tabPage(), origins);
      const page = remotePage(request);
      if (page !== null) return sendPage(response, withNote(page), origins);
      if (pathOf(request) === workerPath)
        return sendPagesWorker(response, origins, {
          folders: ["tab-app", "frame", "remotes"],
          fixed: [
            "/frame.html",
            ...["/", ...remoteNames().map((name) => `/${name}/`)].flatMap((folder) => [
              folder,
              `${folder}mf-manifest.json`,
              `${folder}remoteEntry.js`,
            ]),
          ],
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
      response.setHeader(
        "Cache-Control",
        isHashed(path) ? "public, max-age=31536000, immutable" : shortLived,
      );
    },
  });
}
