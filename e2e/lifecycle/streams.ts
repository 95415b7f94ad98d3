import type { BrowserContext, Page, Request } from "@playwright/test";

/** The change streams that the pages of a context opened. */
export interface Streams {
  /** How many are open: neither ended nor gone with their page. */
  readonly open: number;
  /** How many are open in this page and its frames. */
  in(page: Page): number;
}

export function watchStreams(context: BrowserContext): Streams {
  const open = new Map<Request, Page>();
  const crashed = new Set<Page>();
  const end = (request: Request) => open.delete(request);
  context.on("request", (request) => {
    if (!request.headers().accept?.includes("text/event-stream")) return;
    const page = request.frame().page();
    open.set(request, page);
    page.once("crash", () => crashed.add(page));
  });
  context.on("requestfinished", end);
  context.on("requestfailed", end);
  const count = (matches: (page: Page) => boolean) =>
    [...open.values()].filter((page) => !page.isClosed() && !crashed.has(page) && matches(page))
      .length;
  return {
    get open() {
      return count(() => true);
    },
    in: (page) => count((other) => other === page),
  };
}
