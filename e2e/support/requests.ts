import type { BrowserContext, Frame, Request } from "@playwright/test";
import type { Tab } from "./tab.ts";

/**
 * The API requests of all pages and their frames, as "GET /activities?…", since last cleared. Reads of tasks, which come
 * with each account, and of the next renewals on the overview are left out of all but `of`: their own tests count them.
 */
export interface Requests {
  readonly all: readonly string[];
  /** Those of one method whose path matches, reads of tasks included. */
  of(method: string, path?: RegExp): string[];
  /** Those of one tab. */
  by(tab: Tab): Promise<string[]>;
  /** Those of one tab that reached the server. */
  answeredBy(tab: Tab): Promise<string[]>;
  clear(): void;
}

/** The first read of the list of all accounts. */
export const accountsRead = "GET /accounts?_sort=name&_order=asc&_start=0&_limit=50";

export function watchRequests(context: BrowserContext): Requests {
  let made: { text: string; frame: Frame; request: Request }[] = [];
  const failed = new WeakSet<Request>();
  context.on("requestfailed", (request) => failed.add(request));
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (!url.pathname.startsWith("/api/")) return;
    // Who is there is neither a read nor a write of data; the overview, read before an account is chosen, has its own test.
    if (/^\/api\/(presence|overview)$/.test(url.pathname)) return;
    // Nor is the change stream a read.
    if (request.headers().accept?.includes("text/event-stream")) return;
    const text = `${request.method()} ${url.pathname.slice("/api".length)}${url.search}`;
    made.push({ text, frame: request.frame(), request });
  });
  async function madeBy(tab: Tab) {
    const frame = await tab.frame();
    return counted().filter((each) => each.frame === frame);
  }
  const counted = () =>
    made.filter(({ text }) => !/^GET \/(tasks|accounts\?renewalDate_gte)/.test(text));
  const all = () => counted().map(({ text }) => text);
  return {
    get all() {
      return all();
    },
    of: (method, path = /./) =>
      made
        .map(({ text }) => text)
        .filter((each) => each.startsWith(`${method} `) && path.test(each)),
    by: async (tab) => (await madeBy(tab)).map(({ text }) => text),
    answeredBy: async (tab) =>
      (await madeBy(tab)).flatMap(({ text, request }) => (failed.has(request) ? [] : text)),
    clear() {
      made = [];
    },
  };
}
