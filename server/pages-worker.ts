import type { ServerResponse } from "node:http";
import { pagesCachePrefix } from "#contract/pages-worker.ts";
import type { RemoteList } from "#contract/remotes.ts";
import type { Origins } from "./origins.ts";

/** Where both origins serve their service worker. */
export const workerPath = "/pages-worker.js";

/** What the worker keeps. A worker that differs in a byte is installed in place of the one before. */
export interface KeptPages {
  readonly build: string;
  readonly fixed: readonly string[];
  readonly hashed: readonly string[];
  /** They are in the pages, so other ones make a new worker. */
  readonly origins: Origins;
  /** In the shell's page as well. */
  readonly remotes?: RemoteList;
}

/** The worker of `host/pages-worker`, with its list in front. */
export function workerScript(script: string, pages: KeptPages): string {
  return `self.tandemPages = ${JSON.stringify(pages)};\n${script}`;
}

/** Takes the place of a worker that is there, deletes what that kept, and goes. */
export const workerRemover = `self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(remove()));
async function remove() {
  for (const name of await caches.keys())
    if (name.startsWith(${JSON.stringify(pagesCachePrefix)})) await caches.delete(name);
  await self.registration.unregister();
}
`;

export function sendWorker(response: ServerResponse, script: string): void {
  response.setHeader("Content-Type", "text/javascript; charset=utf-8");
  response.setHeader("Cache-Control", "no-cache");
  response.end(script);
}
