import {
  test as base,
  type FrameLocator,
  type Locator,
  type Page,
  type Request,
} from "@playwright/test";
import { createTandemServer, type TandemServer } from "./tandem-server.ts";

export { expect } from "@playwright/test";

/** A tab, whether in a pane of the shell or in a browser tab of its own. */
export class Tab {
  readonly root: Page | FrameLocator;
  constructor(root: Page | FrameLocator) {
    this.root = root;
  }

  get accounts(): Locator {
    return this.root.getByRole("navigation", { name: "Accounts" });
  }
  account(name: string): Locator {
    return this.accounts.getByRole("button", { name: new RegExp(`^${literally(name)}`) });
  }
  get details(): Locator {
    return this.root.getByRole("region", { name: "Account details" });
  }
  get pinnedCount(): Locator {
    return this.details
      .locator("div", { has: this.root.getByRole("term").filter({ hasText: /^Pinned$/ }) })
      .getByRole("definition")
      .first();
  }
  get feed(): Locator {
    return this.root.getByRole("feed", { name: "Activity" });
  }
  get articles(): Locator {
    return this.feed.getByRole("article");
  }
  get loadMore(): Locator {
    return this.root.getByRole("button", { name: "Load more" });
  }
  get sync(): Locator {
    return this.root.getByRole("status", { name: "Sync" });
  }
  pin(article: Locator): Locator {
    return article.getByRole("button", { name: /^Pin/ });
  }
  button(name: string): Locator {
    return this.root.getByRole("button", { name, exact: true });
  }
  article(title: string): Locator {
    return this.feed.getByRole("article", { name: title, exact: true });
  }

  /** Chooses an account and waits until its feed stands. */
  async choose(name: string): Promise<void> {
    await this.account(name).click();
    await this.details.getByRole("heading", { name }).waitFor();
    await this.articles.first().waitFor();
  }
}

/** The shell with its panes. */
export class Shell {
  readonly page: Page;
  readonly server: TandemServer;
  constructor(page: Page, server: TandemServer) {
    this.page = page;
    this.server = server;
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(this.server.shellUrl + query);
  }
  pane(title: string): Tab {
    return new Tab(this.page.frameLocator(`iframe[title="${title}"]`));
  }
  get a(): Tab {
    return this.pane("Tab A");
  }
  get b(): Tab {
    return this.pane("Tab B");
  }
  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }
  /** Opens the shell with both panes on the given accounts. */
  async openOn(accountA: string, accountB = accountA): Promise<void> {
    await this.open();
    await this.a.choose(accountA);
    await this.b.choose(accountB);
  }
}

/** The API requests of a page and its frames, as "GET /activities?…", since it was last cleared. */
export interface Requests {
  readonly all: readonly string[];
  /** Those of one method, and of paths that match. */
  of(method: string, path?: RegExp): string[];
  clear(): void;
}

export function watchRequests(page: Page): Requests {
  const all: string[] = [];
  page.on("request", (request: Request) => {
    const url = new URL(request.url());
    if (!url.pathname.startsWith("/api/")) return;
    // The one stream of changes is no read of data.
    if (request.headers().accept?.includes("text/event-stream")) return;
    all.push(`${request.method()} ${url.pathname.slice("/api".length)}${url.search}`);
  });
  return {
    all,
    of: (method, path = /./) =>
      all.filter((each) => each.startsWith(`${method} `) && path.test(each)),
    clear: () => void all.splice(0),
  };
}

interface Fixtures {
  shell: Shell;
  requests: Requests;
  /** Console errors that this test expects; any other fails it. */
  expectedErrors: RegExp[];
}

export const test = base.extend<Fixtures, { server: TandemServer }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: the form that Playwright asks for
    async ({}, use) => {
      const server = await createTandemServer();
      await use(server);
      await server.close();
    },
    { scope: "worker" },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: the form that Playwright asks for
  expectedErrors: async ({}, use) => {
    await use([]);
  },
  page: async ({ page, server, expectedErrors }, use) => {
    const errors: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    page.on("pageerror", (error) => errors.push(String(error)));
    await use(page);
    await fetch(`${server.apiUrl}/faults`, {
      method: "PATCH",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ latencyMs: 0, errorRate: 0, failNextWrites: 0, loseNextAnswers: 0 }),
    }).catch(() => {});
    const unexpected = errors.filter((error) => !expectedErrors.some((one) => one.test(error)));
    if (unexpected.length) throw new Error(`Unexpected errors:\n${unexpected.join("\n")}`);
  },
  shell: async ({ page, server }, use) => {
    await use(new Shell(page, server));
  },
  requests: async ({ page }, use) => {
    await use(watchRequests(page));
  },
});

function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
