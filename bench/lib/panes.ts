import type { BrowserContext, Frame, Page } from "@playwright/test";
import type { Activity } from "#contract/rows.ts";
import type { ApiClient } from "../../e2e/support/api-client.ts";
import { Tab } from "../../e2e/support/tab.ts";
import type { BenchServer } from "./server.ts";

export interface Panes {
  readonly page: Page;
  readonly tabs: readonly Tab[];
  readonly frames: readonly Frame[];
}

/** Opens the shell with all panes on one account, and loads `pages` pages of each feed. */
export async function openPanes(
  context: BrowserContext,
  server: BenchServer,
  accountId: string,
  { names = "AB", pages = 1 }: { names?: string; pages?: number } = {},
): Promise<Panes> {
  const letters = [...names];
  const location = encodeURIComponent(`/?account=${accountId}`);
  const locations = letters.map((letter) => `${letter}=${location}`).join("&");
  const page = await context.newPage();
  await page.goto(`${server.shellUrl}?tabs=${letters.join()}&${locations}`);
  const tabs = letters.map((letter) => new Tab(page.frameLocator(`iframe[title="Tab ${letter}"]`)));
  for (const tab of tabs) {
    await tab.articles.first().waitFor({ timeout: 20_000 });
    await tab.pinnedCount.waitFor();
    await tab.loadUntil(pages * 10);
  }
  const frames = await Promise.all(tabs.map((tab) => tab.frame()));
  // Of a long feed the first rows are in the page only where it is at its top.
  for (const frame of frames)
    await frame.evaluate(() => {
      for (const element of document.querySelectorAll("*")) element.scrollTop = 0;
    });
  for (const tab of tabs) await tab.feed.locator('[aria-posinset="1"]').waitFor();
  return { page, tabs, frames };
}

/** The pin of a row, by its position in the feed: of a long feed not all rows are in the page. */
const pinSelector = (index: number) => `article[aria-posinset="${index + 1}"] [aria-pressed]`;

/** What a pane shows once it has the change. */
export interface Expected {
  /** The id of the row. */
  readonly id: string;
  /** The position of the row in the feed. */
  readonly index: number;
  readonly pinned: boolean;
  readonly pinnedCount: number;
  /** Of the row before. */
  readonly version: number;
}

/** When a pane showed what is expected, in milliseconds since the Unix epoch. */
export interface ShownAt {
  readonly row: number;
  readonly count: number;
}

/** What panes show once the pin of a row is toggled. */
export async function expectToggle(
  api: ApiClient,
  accountId: string,
  row: Activity,
  index: number,
): Promise<Expected> {
  const { pinnedCount } = await api.account(accountId);
  const pinned = !row.pinned;
  return {
    id: row.id,
    index,
    pinned,
    pinnedCount: pinnedCount + (pinned ? 1 : -1),
    version: row.version,
  };
}

/** Starts to watch a pane. The returned function resolves when it shows what is expected. */
export async function watchFor(frame: Frame, expected: Expected): Promise<() => Promise<ShownAt>> {
  const watched = { ...expected, selector: pinSelector(expected.index) };
  const handle = await frame.evaluateHandle(({ selector, pinned, pinnedCount }) => {
    const shown = new Promise<ShownAt>((resolve) => {
      let row = 0;
      let count = 0;
      const check = () => {
        const now = performance.timeOrigin + performance.now();
        const pin = document.querySelector(selector);
        if (pin?.ariaPressed === String(pinned)) row ||= now;
        else row = 0;
        const term = [...document.querySelectorAll("dt")].find((dt) => dt.textContent === "Pinned");
        if (term?.nextElementSibling?.textContent === pinnedCount.toLocaleString("en"))
          count ||= now;
        if (!row || !count) return;
        observer.disconnect();
        resolve({ row, count });
      };
      const observer = new MutationObserver(check);
      observer.observe(document, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      });
      check();
    });
    return { shown };
  }, watched);
  return () => handle.evaluate(({ shown }) => shown);
}

/** Clicks a pin inside the pane. Returns the time of the click. */
export function clickPin(frame: Frame, index: number): Promise<number> {
  return frame.evaluate((selector) => {
    const pin = document.querySelector<HTMLElement>(selector);
    if (!pin) throw new Error(`There is no ${selector}`);
    const at = performance.timeOrigin + performance.now();
    pin.click();
    return at;
  }, pinSelector(index));
}
