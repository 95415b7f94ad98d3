import type { Browser, BrowserContext, CDPSession, Page } from "@playwright/test";
import { freePorts } from "#api/testing/free-ports.ts";
import { addressBarPages } from "../support/address-bar-pages.ts";
import { Shell } from "../support/shell.ts";
import { Tab } from "../support/tab.ts";
import { test as base } from "../support/test.ts";
import { type Streams, watchStreams } from "./streams.ts";

export { expect, expectTruth } from "../support/test.ts";

/** A tab in a browser tab of its own. */
export interface Standalone extends Tab {
  readonly page: Page;
}

interface Fixtures {
  /** Opens a new connection to the Chromium of this worker. */
  connect: () => Promise<Browser>;
  /**
   * Finds the shell by a new connection: Playwright treats a page with a crashed frame as crashed, and loses
   * the frames of a page restored from the back/forward cache.
   */
  look: () => Promise<Shell>;
  /** The change streams of all pages. */
  streams: Streams;
  /** Opens the tab-app in a browser tab, or beside it in a window of its own, and waits for its feed. */
  openTab: (account: { id: string }, place?: "tab" | "window") => Promise<Standalone>;
  /** Opens an empty page in front of all others of the first window. */
  coverAll: () => Promise<Page>;
}

/** Arguments of Playwright that switch off what these tests are about. */
const switchedOff = [
  "--disable-back-forward-cache",
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
  "--disable-field-trial-config",
  "--disable-ipc-flooding-protection",
];

/**
 * A Chromium with its defaults. A second connection, by CDP with `noDefaults`, avoids Playwright's focus
 * emulation, under which every page is always `visible`.
 */
export const test = base.extend<Fixtures, { chromiumUrl: string }>({
  chromiumUrl: [
    async ({ playwright, launchOptions }, use) => {
      const [port] = await freePorts(1);
      const browser = await playwright.chromium.launch({
        ...launchOptions,
        ignoreDefaultArgs: switchedOff,
        args: [
          ...(launchOptions.args ?? []),
          `--remote-debugging-port=${port}`,
          `--disable-features=${["MediaRouter", "OptimizationHints", ...addressBarPages].join(",")}`,
          "--window-size=1440,900",
        ],
      });
      await use(`http://localhost:${port}`);
      await browser.close();
    },
    { scope: "worker" },
  ],
  connect: async ({ playwright, chromiumUrl }, use) => {
    const opened: Browser[] = [];
    await use(async () => {
      const browser = await playwright.chromium.connectOverCDP(chromiumUrl, { noDefaults: true });
      opened.push(browser);
      return browser;
    });
    for (const browser of opened) await browser.close();
  },
  context: async ({ connect, api: _, server, expectedErrors }, use) => {
    const browser = await connect();
    const context = contextOf(browser);
    const errors: string[] = [];
    context.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    context.on("weberror", (error) => errors.push(String(error.error())));
    await use(context);
    // A test that kills a pane disconnects.
    const left = browser.isConnected() ? context : contextOf(await connect());
    await left.setOffline(false);
    for (const page of left.pages()) await page.close();
    // The next test starts with empty storage.
    const page = await left.newPage();
    const session = await left.newCDPSession(page);
    for (const url of [server.paneUrl, server.shellUrl]) {
      const { origin } = new URL(url);
      await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
    }
    await page.close();
    const unexpected = errors.filter((error) => !expectedErrors.some((one) => one.test(error)));
    if (unexpected.length) throw new Error(`Unexpected errors:\n${unexpected.join("\n")}`);
  },
  look: async ({ connect, server }, use) => {
    await use(async () => {
      const pages = (await connect()).contexts()[0]?.pages() ?? [];
      const page = pages.find((each) => each.url().startsWith(server.shellUrl));
      if (!page) throw new Error("The shell is gone");
      return new Shell(page, server);
    });
  },
  streams: async ({ context }, use) => {
    await use(watchStreams(context));
  },
  openTab: async ({ context, server }, use) => {
    await use(async ({ id }, place = "tab") => {
      const page = place === "tab" ? await context.newPage() : await openWindow();
      await page.goto(`${server.paneUrl}?account=${id}`);
      const tab = Object.assign(new Tab(page), { page });
      await tab.articles.first().waitFor();
      return tab;
    });

    async function openWindow(): Promise<Page> {
      const session = await context.browser()?.newBrowserCDPSession();
      const opened = context.waitForEvent("page");
      await session?.send("Target.createTarget", { url: "about:blank", newWindow: true });
      return opened;
    }
  },
  coverAll: async ({ context }, use) => {
    await use(() => context.newPage());
  },
});

function contextOf(browser: Browser): BrowserContext {
  const [context] = browser.contexts();
  if (!context) throw new Error("Chromium has no default context");
  return context;
}

/** Freezes a page, as the browser does after a long time in the background. Returns a function that resumes it. */
export async function freeze(page: Page): Promise<() => Promise<void>> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  return async () => {
    await session.send("Page.setWebLifecycleState", { state: "active" });
  };
}

/** Kills the page's renderer. */
export async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  // The command is never answered.
  session.send("Page.crash").catch(() => {});
  await crashed;
}
