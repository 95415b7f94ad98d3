import type { IncomingMessage, ServerResponse } from "node:http";
import type { RemoteList } from "#contract/remotes.ts";
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
  /** The id of the build that is served; null where sources are. */
  build(): string | null;
  close(): Promise<void>;
}

/**
 * `Cache-Control` of what is found by a fixed name (pages, entries, manifests): fresh after a deploy, yet
 * one request when several panes open at once.
 */
export const shortLived = "max-age=2, must-revalidate";

/** The directive that says which pages may frame those of an origin: the panes are the shell's to frame. */
export const shellAncestors = () => "frame-ancestors 'none'";
export const paneAncestors = ({ shell }: Origins) => `frame-ancestors 'self' ${shell}`;

export function pathOf(request: IncomingMessage): string {
  return (request.url ?? "/").split("?", 1)[0] ?? "/";
}

export interface PageFill {
  readonly build?: string | null;
  readonly worker?: string;
  /** What the shell offers. */
  readonly remotes?: RemoteList;
}

/** Fills the placeholders `%SHELL_ORIGIN%`, `%PANE_ORIGIN%`, `%BUILD%`, `%PAGES_WORKER%` and `%REMOTES%` of a page. */
export function fillPage(
  html: string,
  { shell, pane }: Origins,
  { build = "", worker = "", remotes }: PageFill = {},
): string {
  return html
    .replaceAll("%SHELL_ORIGIN%", shell)
    .replaceAll("%PANE_ORIGIN%", pane)
    .replaceAll("%BUILD%", build ?? "")
    .replaceAll("%PAGES_WORKER%", worker)
    .replaceAll("%REMOTES%", () => toAttribute(JSON.stringify(remotes ?? "")));
}

function toAttribute(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

export function sendNotFound(_request: IncomingMessage, response: ServerResponse): void {
  response.statusCode = 404;
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  response.end("There is nothing at this address.\n");
}
