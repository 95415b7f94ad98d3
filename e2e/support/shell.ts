import { expect, type Locator, type Page } from "@playwright/test";
import { Tab } from "./tab.ts";
import type { TandemServer } from "./tandem-server.ts";

/** The shell with its panes. */
export class Shell {
  readonly page: Page;
  readonly server: TandemServer;
  constructor(page: Page, server: TandemServer) {
    this.page = page;
    this.server = server;
  }

  /** As opened before: not with what a first start shows. */
  async open(query = ""): Promise<void> {
    await this.page.addInitScript(() => {
      if (window.parent === window && window.origin !== "null")
        localStorage.setItem("tandem-started", "1");
    });
    await this.page.goto(this.server.shellUrl + query);
  }
  /** Opens the shell by a link to the given accounts in its panes, and waits until both have read what they show. */
  async openOn(accountA: string, accountB = accountA): Promise<void> {
    const ids = await Promise.all([accountA, accountB].map((name) => this.#accountId(name)));
    const [a, b] = ids.map((id) => encodeURIComponent(`/?account=${id}`));
    await this.open(`?A=${a}&B=${b}`);
    for (const tab of [this.a, this.b]) {
      await tab.articles.first().waitFor();
      // Of the code that a tab loads when it is idle.
      await tab.root
        .locator("button", { hasText: /^(Tasks|\d+ tasks?)/ })
        .first()
        .waitFor({ state: "attached" });
      await expect(tab.sync).not.toHaveText("Syncing");
    }
  }
  async #accountId(name: string): Promise<string> {
    const found = await fetch(`${this.server.apiUrl}/accounts?name=${encodeURIComponent(name)}`);
    const [account] = (await found.json()) as { readonly id: string }[];
    if (!account) throw new Error(`There is no account "${name}".`);
    return account.id;
  }

  frame(title: string): Locator {
    return this.page.locator(`iframe[title="${title}"]`);
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
  get inspector(): Locator {
    return this.page.getByRole("region", { name: "Inspector" });
  }

  /** Changes when the shell is loaded anew. */
  timeOrigin(): Promise<number> {
    return this.page.evaluate(() => performance.timeOrigin);
  }
}
