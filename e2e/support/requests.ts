import type { BrowserContext, Frame } from "@playwright/test";
import type { Tab } from "./tab.ts";

/** The API requests of all pages and their frames, as "GET /activities?…", since last cleared. */
export interface Requests {
  readonly all: readonly string[];
  /** Those of one method whose path matches. */
  of(method: string, path?: RegExp): string[];
  /** Those of one tab. */
  by(tab: Tab): Promise<string[]>;
  clear(): void;
}

export function watchRequests(context: BrowserContext): Requests {
  let made: { text: string; frame: Frame }[] = [];
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (!url.pathname.startsWith("/api/")) return;
    // The change stream is not a read of data.
    if (request.headers().accept?.includes("text/event-stream")) return;
    const text = `${request.method()} ${url.pathname.slice("/api".length)}${url.search}`;
    made.push({ text, frame: request.frame() });
  });
  const all = () => made.map(({ text }) => text);
  return {
    get all() {
      return all();
    },
    of: (method, path = /./) =>
      all().filter((each) => each.startsWith(`${method} `) && path.test(each)),
    async by(tab) {
      const frame = await tab.frame();
      return made.filter((each) => each.frame === frame).map(({ text }) => text);
    },
    clear() {
      made = [];
    },
  };
}
