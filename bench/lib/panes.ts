import type { BrowserContext, Frame, Page } from "@playwright/test";
import { Tab } from "../../e2e/tab.ts";
import type { BenchServer } from "./server.ts";

export interface Panes {
  readonly page: Page;
  readonly tabs: readonly Tab[];
  readonly frames: readonly Frame[];
}

/** Opens the shell with all panes on one account and waits until each shows `pages` of its feed. */
export async function openPanes(
  context: BrowserContext,
  server: BenchServer,
  accountId: string,
  { names = "AB", pages = 1 }: { names?: string; pages?: number } = {},
): Promise<Panes> {
  const letters = [...names];
  const place = encodeURIComponent(`/?account=${accountId}`);
  const places = letters.map((letter) => `${letter}=${place}`).join("&");
  const page = await context.newPage();
  await page.goto(`${server.shellUrl}?tabs=${letters.join()}&${places}`);
  const tabs = letters.map((letter) => new Tab(page.frameLocator(`iframe[title="Tab ${letter}"]`)));
  for (const tab of tabs) {
    await tab.articles.first().waitFor({ timeout: 20_000 });
    await tab.pinnedCount.waitFor();
    await tab.loadUntil(pages * 10);
  }
  const frames = await Promise.all(tabs.map((tab) => tab.frame()));
  return { page, tabs, frames };
}

export interface Wanted {
  /** The row's place in the feed. */
  readonly index: number;
  readonly pinned: boolean;
  readonly pinnedCount: number;
}

/** When a pane showed what is wanted, in milliseconds since the Unix epoch. */
export interface ShownAt {
  readonly row: number;
  readonly count: number;
}

/** Begins to look. Await the returned function for when it was shown. */
export async function lookFor(frame: Frame, wanted: Wanted): Promise<() => Promise<ShownAt>> {
  const handle = await frame.evaluateHandle(({ index, pinned, pinnedCount }) => {
    const shown = new Promise<ShownAt>((resolve) => {
      let row = 0;
      let count = 0;
      const look = () => {
        const now = performance.timeOrigin + performance.now();
        const pin = document.querySelectorAll("article [aria-pressed]")[index];
        if (pin?.ariaPressed === String(pinned)) row ||= now;
        else row = 0;
        const term = [...document.querySelectorAll("dt")].find((dt) => dt.textContent === "Pinned");
        if (term?.nextElementSibling?.textContent === pinnedCount.toLocaleString("en"))
          count ||= now;
        if (!row || !count) return;
        observer.disconnect();
        resolve({ row, count });
      };
      const observer = new MutationObserver(look);
      observer.observe(document, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      });
      look();
    });
    return { shown };
  }, wanted);
  return () => handle.evaluate(({ shown }) => shown);
}

/** Clicks a pin inside the pane. Returns when. */
export function clickPin(frame: Frame, index: number): Promise<number> {
  return frame.evaluate((index) => {
    const pin = document.querySelectorAll<HTMLElement>("article [aria-pressed]")[index];
    if (!pin) throw new Error(`There is no row ${index}`);
    const at = performance.timeOrigin + performance.now();
    pin.click();
    return at;
  }, index);
}

/** From now on every page adds up what it posts on the channel. */
export async function countChannelBytes(
  context: BrowserContext,
): Promise<(frames: readonly Frame[]) => Promise<number>> {
  await context.addInitScript(() => {
    const { postMessage } = BroadcastChannel.prototype;
    const counted = Object.assign(window, { channelBytes: 0 });
    BroadcastChannel.prototype.postMessage = function (message: unknown) {
      counted.channelBytes += JSON.stringify(message).length;
      postMessage.call(this, message);
    };
  });
  return async (frames) => {
    const all = await Promise.all(
      frames.map((frame) =>
        frame.evaluate(() => (window as unknown as { channelBytes: number }).channelBytes),
      ),
    );
    return all.reduce((total, each) => total + each, 0);
  };
}
