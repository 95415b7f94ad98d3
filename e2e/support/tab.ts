import { expect, type Frame, type FrameLocator, type Locator, type Page } from "@playwright/test";
import { type Listener, listen } from "./listen.ts";

/** What a reader sees of one activity. */
export interface ShownRow {
  readonly title: string;
  readonly pinned: boolean;
}

/** A tab, in a pane of the shell or in a browser tab of its own. */
export class Tab {
  readonly root: Page | FrameLocator;
  constructor(root: Page | FrameLocator) {
    this.root = root;
  }

  get accounts(): Locator {
    return this.root.getByRole("navigation", { name: "Accounts" });
  }
  account(name: string): Locator {
    return this.accounts.getByRole("button", { name: new RegExp(`^${escapeRegExp(name)}`) });
  }
  get chosen(): Locator {
    return this.accounts.locator('[aria-current="true"]');
  }
  get filter(): Locator {
    return this.root.getByRole("searchbox", { name: "Filter accounts" });
  }
  get details(): Locator {
    return this.root.getByRole("region", { name: "Account details" });
  }
  heading(name: string): Locator {
    return this.details.getByRole("heading", { name, exact: true });
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
  article(title: string): Locator {
    return this.feed.getByRole("article", { name: title, exact: true });
  }
  pin(article: Locator): Locator {
    return article.getByRole("button", { name: /^Pin/ });
  }
  get loadMore(): Locator {
    return this.root.getByRole("button", { name: "Load more" });
  }
  get sync(): Locator {
    return this.root.getByRole("status", { name: "Sync" });
  }
  button(name: string): Locator {
    return this.root.getByRole("button", { name, exact: true });
  }

  /** Chooses an account and waits for its feed. */
  async choose(name: string): Promise<void> {
    await this.account(name).click();
    await this.heading(name).waitFor();
    await this.articles.first().waitFor();
  }

  /** Presses "Load more" until this many rows are loaded. Of many rows not all are in the page, but the last is. */
  async loadUntil(rows: number, pageSize = 10): Promise<void> {
    for (let shown = await this.articles.count(); shown < rows; shown += pageSize) {
      // Not by the pointer: a toast may lie over it.
      await this.loadMore.dispatchEvent("click");
      const position = String(Math.min(rows, shown + pageSize));
      await expect(this.articles.last()).toHaveAttribute("aria-posinset", position);
    }
  }

  /** Presses a pin and waits for the server's answer. */
  async togglePin(article: Locator): Promise<void> {
    const answered = (await this.frame())
      .page()
      .waitForResponse((response) => response.request().method() === "PATCH");
    await this.pin(article).click();
    await answered;
  }

  /** The rows of the feed, in their order. */
  shownRows(): Promise<ShownRow[]> {
    return this.articles.evaluateAll((articles) =>
      articles.map((article) => ({
        title: article.querySelector("h3")?.textContent ?? "",
        pinned: article.querySelector("[aria-pressed]")?.ariaPressed === "true",
      })),
    );
  }

  /** Where the rendered articles stand in the feed, from 1. */
  shownPositions(): Promise<number[]> {
    return this.articles.evaluateAll((articles) =>
      articles.map((article) => Number(article.ariaPosInSet)),
    );
  }

  async frame(): Promise<Frame> {
    if ("mainFrame" in this.root) return this.root.mainFrame();
    const element = await this.root.owner().elementHandle();
    const frame = await element?.contentFrame();
    if (!frame) throw new Error("There is no such pane");
    return frame;
  }

  /** Changes when the tab is loaded anew. */
  async timeOrigin(): Promise<number> {
    return (await this.frame()).evaluate(() => performance.timeOrigin);
  }

  /** Listens to the broadcast channel from inside this tab's realm. */
  async listen(): Promise<Listener> {
    return listen(await this.frame());
  }

  /** Records every change of the tab's DOM from now on, but for the title of the document. */
  async watchDom(): Promise<() => Promise<string[]>> {
    const seen = await (await this.frame()).evaluateHandle(() => {
      const seen: string[] = [];
      new MutationObserver((records) => {
        for (const { type, target } of records)
          if (target.nodeName !== "TITLE" && target.parentElement?.nodeName !== "TITLE")
            seen.push(`${type} of ${target.nodeName} in ${target.parentElement?.outerHTML}`);
      }).observe(document, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      });
      return seen;
    });
    return () => seen.evaluate((all) => all);
  }

  /** Returns a function that waits until the browser reports this document as on screen, or as not. */
  async watchScreen(): Promise<(onScreen: boolean) => Promise<void>> {
    const screen = await (await this.frame()).evaluateHandle(() => {
      const screen = { isOn: true };
      const probe = document.createElement("div");
      probe.style.cssText =
        "position:fixed;inset:0;min-width:1px;min-height:1px;visibility:hidden;pointer-events:none";
      document.body.append(probe);
      const observer = new IntersectionObserver(
        (entries) => {
          screen.isOn = (entries.at(-1)?.intersectionRatio ?? 0) > 0;
        },
        { threshold: [0, 0.01] },
      );
      observer.observe(probe);
      return screen;
    });
    return (onScreen) => expect.poll(() => screen.evaluate(({ isOn }) => isOn)).toBe(onScreen);
  }
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
