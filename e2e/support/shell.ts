import type { Locator, Page } from "@playwright/test";
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
  /** Opens the shell with both panes on the given accounts. */
  async openOn(accountA: string, accountB = accountA): Promise<void> {
    await this.open();
    await this.a.choose(accountA);
    await this.b.choose(accountB);
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
