import type { Frame, Page } from "@playwright/test";
import { addNote, outboxButton } from "../support/notes.ts";
import { StandaloneTab } from "../support/standalone-tab.ts";
import { createTandemServer } from "../support/tandem-server.ts";
import { test as base, expect, expectTruth } from "../support/test.ts";

/** Tandem as it is without settings, where others leave its service workers out. */
const test = base.extend({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: the form that Playwright asks for
    async ({}, use) => {
      const server = await createTandemServer({ settings: async () => ({ OFFLINE_PAGES: "on" }) });
      await use(server);
      await server.close();
    },
    { scope: "worker" },
  ],
});

/** Resolves once the origin of this realm has a worker that has stored the build. */
async function untilKept(realm: Page | Frame): Promise<void> {
  await realm.evaluate(async () => void (await navigator.serviceWorker.ready));
}

test("without a server shell and tabs open, show what they kept and say so; a note is sent when the server is back", async ({
  context,
  page,
  shell,
  server,
  api,
  expectedErrors,
}) => {
  test.setTimeout(120_000);
  expectedErrors.push(/ERR_(CONNECTION|EMPTY|INCOMPLETE|SOCKET)/, /status of 50[234]/);
  const account = await api.makeAccount(4);
  await shell.openOn(account.name);
  for (const tab of [shell.a, shell.b]) await expect(tab.sync).toHaveText("Up to date");
  await untilKept(page);
  await untilKept(await shell.a.frame());
  const before = await shell.a.shownRows();

  await server.stop();
  await page.reload();
  for (const tab of [shell.a, shell.b]) {
    await tab.heading(account.name).waitFor();
    await expect(tab.articles).toHaveCount(4);
    await expect(tab.sync).toHaveText("Live updates paused");
  }
  expect(await shell.a.shownRows()).toEqual(before);
  await addNote(shell.a, "Written without a server");
  await expect(shell.a.article("Written without a server")).toBeVisible();
  await expect(outboxButton(shell.a)).toBeVisible();
  const tab = new StandaloneTab(await context.newPage(), server);
  await tab.open();
  await expect(tab.root.getByRole("heading", { name: "Tandem" })).toBeVisible();

  await server.start();
  await page.bringToFront();
  await expect
    .poll(async () => (await api.rows(account.id)).map(({ title }) => title), { timeout: 60_000 })
    .toContain("Written without a server");
  for (const each of [shell.a, shell.b, tab])
    await expect(each.sync).toHaveText("Up to date", { timeout: 60_000 });
  await expectTruth(shell.b, api, account);
});
