import { test as base, expect } from "@playwright/test";
import { type ApiClient, createApiClient, type OwnAccount } from "./api-client.ts";
import { type Requests, watchRequests } from "./requests.ts";
import { Shell } from "./shell.ts";
import type { Tab } from "./tab.ts";
import { createTandemServer, type TandemServer } from "./tandem-server.ts";

export { expect };

interface Fixtures {
  api: ApiClient;
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
  api: async ({ server }, use) => {
    const api = createApiClient(server.apiUrl);
    await use(api);
    await api.cleanUp();
  },
  // biome-ignore lint/correctness/noEmptyPattern: the form that Playwright asks for
  expectedErrors: async ({}, use) => {
    await use([]);
  },
  // Uses `api` only to end before it: what it takes away must not be missed by an open page.
  context: async ({ context, api: _, expectedErrors }, use) => {
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
  requests: async ({ context }, use) => {
    await use(watchRequests(context));
  },
});

/** What all of Tandem is for: once things are quiet, a tab shows what a fresh read would give. */
export async function expectTruth(
  tab: Tab,
  api: ApiClient,
  account: Pick<OwnAccount, "id">,
): Promise<void> {
  const { pinnedCount, activityCount } = await api.account(account.id);
  // A tab that was just loaded has still to show what it compares.
  if (activityCount > 0) await tab.articles.first().waitFor();
  const shown = await tab.articles.count();
  const rows = await api.rows(account.id, shown);
  await expect
    .poll(() => tab.shownRows())
    .toEqual(rows.map(({ title, pinned }) => ({ title, pinned })));
  await expect(tab.pinnedCount).toHaveText(String(pinnedCount));
}
