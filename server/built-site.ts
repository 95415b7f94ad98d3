import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import sirv from "sirv";
import type { Origins } from "./origins.ts";

/** Serves the pages of one origin. */
export type Site = (
  request: IncomingMessage,
  response: ServerResponse,
  origins: Origins,
) => void | Promise<void>;

export interface Sites {
  readonly shell: Site;
  readonly pane: Site;
  close(): Promise<void>;
}

/** The production build, from `dist`. */
export function createBuiltSites(dist: string): Sites {
  const shellFiles = serveFiles(join(dist, "host"));
  const paneFiles = serveFiles(join(dist, "tab-app"), serveFiles(join(dist, "frame")));
  // Read anew each time, so that a build under a running server is what is served.
  const read = (...path: string[]) => readFileSync(join(dist, ...path), "utf8");
  const shellPage = () => read("host", "index.html");
  const framePage = () =>
    addPreloads(read("frame", "frame.html"), read("tab-app", "mf-manifest.json"));

  return {
    shell(request, response, origins) {
      response.setHeader("Content-Security-Policy", policy(`frame-src ${origins.pane}`));
      if (pathOf(request) === "/") return sendPage(response, shellPage(), origins);
      shellFiles(request, response);
    },
    pane(request, response, origins) {
      response.setHeader(
        "Content-Security-Policy",
        policy(`frame-ancestors 'self' ${origins.shell}`),
      );
      if (pathOf(request) === "/frame.html") return sendPage(response, framePage(), origins);
      paneFiles(request, response);
    },
    close: async () => {},
  };
}

export function pathOf(request: IncomingMessage): string {
  return (request.url ?? "/").split("?", 1)[0] ?? "/";
}

/** Puts the two origins into a page that asks for them by `%SHELL_ORIGIN%` and `%PANE_ORIGIN%`. */
export function fillOrigins(html: string, { shell, pane }: Origins): string {
  return html.replaceAll("%SHELL_ORIGIN%", shell).replaceAll("%PANE_ORIGIN%", pane);
}

function sendPage(response: ServerResponse, html: string, origins: Origins): void {
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.setHeader("Cache-Control", fleeting);
  response.end(fillOrigins(html, origins));
}

/**
 * For what is found by a fixed name (pages, entries, manifests): new after a deploy, yet one request
 * when several panes open at once.
 */
const fleeting = "max-age=2, must-revalidate";

/**
 * Tells the frame page's browser at once what the federation runtime would ask for one after the
 * other: the manifest, the entry that it names, and the files of the module.
 */
function addPreloads(html: string, manifest: string): string {
  const { metaData, exposes } = JSON.parse(manifest) as {
    metaData: { remoteEntry: { name: string } };
    exposes: { assets: { js: { sync: string[] }; css: { sync: string[] } } }[];
  };
  const scripts = exposes.flatMap(({ assets }) => assets.js.sync);
  const styles = exposes.flatMap(({ assets }) => assets.css.sync);
  const links = [
    `<link rel="preload" as="fetch" crossorigin href="/mf-manifest.json">`,
    ...[metaData.remoteEntry.name, ...scripts].map(
      (file) => `<link rel="modulepreload" crossorigin href="/${file}">`,
    ),
    ...styles.map((file) => `<link rel="preload" as="style" crossorigin href="/${file}">`),
  ];
  return html.replace("</head>", `${links.join("\n")}\n</head>`);
}

function policy(more: string): string {
  // Inline styles: the positions that the menus and tooltips are given at run time.
  return `default-src 'self'; img-src 'self' data:; font-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; ${more}`;
}

type Fallback = (request: IncomingMessage, response: ServerResponse) => void;

function serveFiles(folder: string, fallback: Fallback = notFound): Fallback {
  return sirv(folder, {
    // Looks at the disk for each request, where its own list would name files that are gone.
    dev: true,
    etag: true,
    onNoMatch: fallback,
    setHeaders(response, path) {
      // Names in assets/ carry a hash of the content; entries and manifests must be asked for anew.
      const isHashed = path.startsWith("/assets/");
      response.setHeader(
        "Cache-Control",
        isHashed ? "public, max-age=31536000, immutable" : fleeting,
      );
    },
  });
}

function notFound(_request: IncomingMessage, response: ServerResponse): void {
  response.statusCode = 404;
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  response.end("Nothing is here.\n");
}
