import { test as base, expect } from "@playwright/test";
import { type ApiClient, createApiClient, type OwnAccount } from "./api-client.ts";
import { differs } from "./engine-differences.ts";
import { type Requests, watchRequests } from "./requests.ts";
import { Shell } from "./shell.ts";
import { StandaloneTab } from "./standalone-tab.ts";
import type { ShownRow, Tab } from "./tab.ts";
import { createTandemServer, type TandemServer } from "./tandem-server.ts";

export { expect };

interface Fixtures {
  api: ApiClient;
  shell: Shell;
  /** The tab-app by itself, in place of the shell. */
  tab: StandaloneTab;
  requests: Requests;
  /** Console errors that this test expects. Any other error fails the test. */
  expectedErrors: RegExp[];
}

export const test = base.extend<Fixtures, { server: TandemServer }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters of a fixture
    async ({}, use) => {
      const server = await createTandemServer();
      await use(server);
      await server.close();
    },
    { scope: "worker" },
  ],
  api: async ({ server }, use) => {
    const api = createApiClient(server.apiUrl);
    await use(api);
    await api.cleanUp();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters of a fixture
  expectedErrors: async ({}, use) => {
    await use([]);
  },
  // Depends on `api` so that pages are closed before `api` deletes what they show.
  context: async ({ context, api: _, browserName, expectedErrors }, use, { title, fail }) => {
    if (browserName === "firefox") {
      // Of a stream to a server that does not answer. Chromium reports it by its code, which tests name.
      expectedErrors.push(/^Firefox can’t establish a connection to the server/);
      await context.addInitScript(insertAsTyped);
      const difference = differs.firefox.find(({ test }) => test === title);
      if (difference) fail(true, difference.why);
    }
    const errors: string[] = [];
    context.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    context.on("weberror", (error) => errors.push(String(error.error())));
    await use(context);
    const unexpected = errors.filter((error) => !expectedErrors.some((one) => one.test(error)));
    if (unexpected.length) throw new Error(`Unexpected errors:\n${unexpected.join("\n")}`);
  },
  shell: async ({ page, server }, use) => {
    await use(new Shell(page, server));
  },
  tab: async ({ page, server }, use) => {
    await use(new StandaloneTab(page, server));
  },
  requests: async ({ context }, use) => {
    await use(watchRequests(context));
  },
});

/**
 * Over WebDriver BiDi, Playwright fills a field by its `value`, where React does not notice it. This way it is
 * inserted as what is typed.
 */
function insertAsTyped() {
  Object.defineProperty(window, "__pw_bidiInsertText", {
    set() {},
    get: () => (text: string) => {
      const { activeElement } = document;
      if (activeElement instanceof HTMLIFrameElement) return activeElement;
      document.execCommand("insertText", false, text);
    },
  });
}

/** Expects a tab to show what a fresh read returns: the purpose of Tandem, once things are quiet. */
export async function expectTruth(
  tab: Tab,
  api: ApiClient,
  account: Pick<OwnAccount, "id">,
): Promise<void> {
  const { pinnedCount, activityCount } = await api.account(account.id);
  // A tab that was just loaded may not have rendered its feed yet.
  if (activityCount > 0) await tab.articles.first().waitFor();
  const rows = await api.rows(account.id);
  // Of a long feed only a part is rendered.
  await expect
    .poll(async () => {
      const positions = await tab.shownPositions();
      const truth = positions.map((position) => rows[position - 1]);
      const shown = await tab.shownRows();
      const differs = ({ title, pinned }: ShownRow, at: number) =>
        truth[at]?.title !== title || truth[at]?.pinned !== pinned;
      return shown.length === positions.length ? shown.filter(differs) : "scrolled meanwhile";
    })
    .toEqual([]);
  await expect(tab.pinnedCount).toHaveText(String(pinnedCount));
}
