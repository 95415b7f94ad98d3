import type { BrowserContext, Page, Request } from "@playwright/test";

/** The event streams that the pages of a context opened. */
export interface Streams {
  /** How many stand: those neither ended nor gone with their page. */
  readonly standing: number;
  /** How many stand in this page and its frames. */
  in(page: Page): number;
}

export function watchStreams(context: BrowserContext): Streams {
  const standing = new Map<Request, Page>();
  const crashed = new Set<Page>();
  const end = (request: Request) => standing.delete(request);
  context.on("request", (request) => {
    if (!request.headers().accept?.includes("text/event-stream")) return;
    const page = request.frame().page();
    standing.set(request, page);
    page.once("crash", () => crashed.add(page));
  });
  context.on("requestfinished", end);
  context.on("requestfailed", end);
  const count = (matches: (page: Page) => boolean) =>
    [...standing.values()].filter((page) => !page.isClosed() && !crashed.has(page) && matches(page))
      .length;
  return {
    get standing() {
      return count(() => true);
    },
    in: (page) => count((other) => other === page),
  };
}
