import type { Page } from "@playwright/test";
import { Tab } from "./tab.ts";
import type { TandemServer } from "./tandem-server.ts";

/**
 * The tab-app in a browser tab of its own, without a shell and panes: for claims about one tab. It costs two
 * fifths of the CPU of a shell with two panes.
 */
export class StandaloneTab extends Tab {
  readonly page: Page;
  readonly server: TandemServer;
  constructor(page: Page, server: TandemServer) {
    super(page);
    this.page = page;
    this.server = server;
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(this.server.paneUrl + query);
  }
  /** Opens it on an account and waits for the feed. */
  async openOn({ id }: { readonly id: string }): Promise<void> {
    await this.open(`?account=${id}`);
    await this.articles.first().waitFor();
  }
}
