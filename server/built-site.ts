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
  const hostDist = join(dist, "host");
  const tabAppDist = join(dist, "tab-app");
  const hostFiles = serveFiles(hostDist);
  const tabAppFiles = serveFiles(tabAppDist, (request, response) => hostFiles(request, response));
  const shellPage = readFileSync(join(hostDist, "index.html"), "utf8");
  const framePage = readFileSync(join(hostDist, "frame.html"), "utf8");

  return {
    shell(request, response, origins) {
      response.setHeader("Content-Security-Policy", policy(`frame-src ${origins.pane}`));
      if (pathOf(request) === "/") return sendPage(response, shellPage, origins);
      hostFiles(request, response);
    },
    pane(request, response, origins) {
      response.setHeader(
        "Content-Security-Policy",
        policy(`frame-ancestors 'self' ${origins.shell}`),
      );
      if (pathOf(request) === "/frame.html") return sendPage(response, framePage, origins);
      tabAppFiles(request, response);
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
  response.setHeader("Cache-Control", "no-cache");
  response.end(fillOrigins(html, origins));
}

function policy(more: string): string {
  // Inline styles: the positions that the menus and tooltips are given at run time.
  return `default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; ${more}`;
}

type Fallback = (request: IncomingMessage, response: ServerResponse) => void;

function serveFiles(folder: string, fallback: Fallback = notFound): Fallback {
  return sirv(folder, {
    etag: true,
    onNoMatch: fallback,
    setHeaders(response, path) {
      // Names in assets/ carry a hash of the content; entries and manifests must be asked for anew.
      const isHashed = path.startsWith("/assets/");
      response.setHeader(
        "Cache-Control",
        isHashed ? "public, max-age=31536000, immutable" : "no-cache",
      );
    },
  });
}

function notFound(_request: IncomingMessage, response: ServerResponse): void {
  response.statusCode = 404;
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  response.end("Nothing is here.\n");
}
