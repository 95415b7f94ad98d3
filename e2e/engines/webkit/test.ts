import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { test as base } from "@playwright/test";
import { Builder, By, Capabilities, until, type WebDriver } from "selenium-webdriver";
import { freePorts } from "#api/testing/free-ports.ts";
import { type ApiClient, createApiClient } from "../../support/api-client.ts";
import type { ShownRow } from "../../support/tab.ts";
import { createTandemServer, type TandemServer } from "../../support/tandem-server.ts";
import { engines, findMiniBrowser } from "../find-engines.ts";

export { expect } from "@playwright/test";

/** A page in a window of its own, found by CSS or by the text of a button. */
export interface WebKitPage {
  open(url: string): Promise<void>;
  reload(): Promise<void>;
  /** The text of each element that matches. */
  texts(selector: string): Promise<string[]>;
  press(selector: string): Promise<void>;
  /** Presses a button or a menu item by its text or label. */
  choose(name: string): Promise<void>;
  type(selector: string, text: string): Promise<void>;
  value(selector: string): Promise<string>;
  /** The rows of the feed, in their order. */
  rows(): Promise<ShownRow[]>;
  evaluate<T>(body: string): Promise<T>;
}

interface Fixtures {
  api: ApiClient;
  openPage: (url: string) => Promise<WebKitPage>;
}

interface WorkerFixtures {
  server: TandemServer;
  startBrowser: () => Promise<WebDriver>;
}

/** Long: a driver on a busy machine. */
const patience = 60_000;

/** WebKitGTK's MiniBrowser over WebDriver, on a display of its own. Without the engine, a test fails. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters of a fixture
    async ({}, use) => {
      const server = await createTandemServer();
      await use(server);
      await server.close();
    },
    { scope: "worker" },
  ],
  startBrowser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters of a fixture
    async ({}, use) => {
      const driver = engines.webkit.find();
      const binary = findMiniBrowser();
      if (!driver || !binary) throw new Error("There is no WebKitWebDriver, MiniBrowser or Xvfb");
      const display = await startDisplay();
      const [port = 0] = await freePorts(1);
      const env = {
        ...process.env,
        DISPLAY: display.name,
        // Its sandbox needs rights that root in a container does not have.
        ...(process.getuid?.() === 0 && { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" }),
      };
      const process_ = spawn(driver, [`--port=${port}`], { env, stdio: "ignore" });
      const usingServer = `http://127.0.0.1:${port}`;
      await untilAnswers(`${usingServer}/status`);
      const capabilities = new Capabilities({
        browserName: "MiniBrowser",
        "webkitgtk:browserOptions": { binary, args: ["--automation"] },
      });
      await use(() =>
        new Builder().usingServer(usingServer).withCapabilities(capabilities).build(),
      );
      await end(process_);
      await end(display.process);
    },
    { scope: "worker" },
  ],
  api: async ({ server }, use) => {
    const api = createApiClient(server.apiUrl);
    await use(api);
    await api.cleanUp();
  },
  // Depends on `api` so that pages are closed before `api` deletes what they show.
  openPage: async ({ startBrowser, api: _ }, use) => {
    const driver = await startBrowser();
    const [first] = await driver.getAllWindowHandles();
    let opened = 0;
    await use(async (url) => {
      if (opened++ === 0) return createPage(driver, first ?? "", url);
      await driver.switchTo().newWindow("window");
      return createPage(driver, await driver.getWindowHandle(), url);
    });
    await driver.quit();
  },
});

async function createPage(driver: WebDriver, handle: string, url: string): Promise<WebKitPage> {
  const enter = () => driver.switchTo().window(handle);
  const find = async (selector: string) => {
    await enter();
    return driver.wait(until.elementLocated(By.css(selector)), patience);
  };
  const evaluate = async <T>(body: string): Promise<T> => {
    await enter();
    return driver.executeScript<T>(body);
  };
  const page: WebKitPage = {
    async open(address) {
      await enter();
      await driver.get(address);
    },
    async reload() {
      await enter();
      await driver.navigate().refresh();
    },
    texts: (selector) =>
      evaluate(
        `return [...document.querySelectorAll(${JSON.stringify(selector)})].map((each) => each.textContent.trim());`,
      ),
    async press(selector) {
      const element = await find(selector);
      // Of what is laid out anew at the moment the driver says that it cannot be pressed.
      await driver.wait(
        () =>
          element.click().then(
            () => true,
            (fault: Error) => {
              if (fault.name === "ElementNotInteractableError") return false;
              throw fault;
            },
          ),
        patience,
      );
    },
    async choose(name) {
      await enter();
      const literal = `"${name}"`;
      const which = `[normalize-space()=${literal} or @aria-label=${literal}]`;
      const path = `//button${which} | //*[@role="menuitem"][contains(normalize-space(), ${literal})]`;
      const element = await driver.wait(until.elementLocated(By.xpath(path)), patience);
      await driver.wait(until.elementIsVisible(element), patience);
      await element.click();
    },
    async type(selector, text) {
      await (await find(selector)).sendKeys(text);
    },
    async value(selector) {
      return String(await (await find(selector)).getProperty("value"));
    },
    rows: () =>
      evaluate(`return [...document.querySelectorAll("[role=feed] article")].map((article) => ({
        title: article.querySelector("h3")?.textContent ?? "",
        pinned: article.querySelector("[aria-pressed]")?.ariaPressed === "true",
      }));`),
    evaluate,
  };
  await page.open(url);
  return page;
}

async function startDisplay(): Promise<{ name: string; process: ChildProcess }> {
  const started = spawn(
    "Xvfb",
    ["-displayfd", "3", "-screen", "0", "2880x900x24", "-nolisten", "tcp"],
    {
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    },
  );
  const lines = createInterface({ input: started.stdio[3] as NodeJS.ReadableStream });
  const [number] = (await Promise.race([
    once(lines, "line"),
    once(started, "exit").then(() => Promise.reject(new Error("Xvfb did not start"))),
  ])) as [string];
  return { name: `:${number}`, process: started };
}

async function untilAnswers(url: string): Promise<void> {
  for (let left = 600; left > 0; left--) {
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await pause(100);
  }
  throw new Error(`Nothing answers at ${url}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, "exit");
  child.kill();
  await ended;
}
