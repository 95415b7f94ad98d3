import { listen } from "./support/listen.ts";
import { openRealm } from "./support/open-realm.ts";
import { expect, expectTruth, test } from "./support/test.ts";

test("a pin costs one write and no read, with 10 as with 50 pages loaded in both tabs", async ({
  shell,
  server,
  api,
  requests,
}) => {
  test.setTimeout(150_000);
  await shell.openOn("Northgate Logistics");
  const channel = await listen(await openRealm(shell.page, server.paneUrl));
  for (const [at, pages] of [10, 50].entries())
    await test.step(`${pages} pages`, async () => {
      await Promise.all([shell.a.loadUntil(pages * 10), shell.b.loadUntil(pages * 10)]);
      const before = Number(await shell.b.pinnedCount.textContent());
      const article = shell.a.articles.nth(4);
      const pinned = (await shell.a.pin(article).getAttribute("aria-pressed")) === "true";
      const { length } = await channel.messages();
      requests.clear();

      await shell.a.togglePin(article);
      const after = String(before + (pinned ? -1 : 1));
      await expect(shell.b.pinnedCount).toHaveText(after);
      await expect(shell.a.pinnedCount).toHaveText(after);
      await expect(shell.a.sync).toHaveText("Up to date");
      await expect(shell.b.sync).toHaveText("Up to date");
      await channel.receivedChanges(at + 1);

      expect(requests.of("PATCH")).toHaveLength(1);
      expect(requests.all, requests.all.join("\n")).toHaveLength(1);
      const broadcasts = (await channel.messages()).slice(length).join("\n");
      expect(broadcasts.length, broadcasts).toBeLessThanOrEqual(1024);
      await expectTruth(shell.b, api, { id: "acc-01" });
    });
});

test("a tab on another account sends no request and renders nothing", async ({
  shell,
  requests,
  api,
}) => {
  const [mine, other] = await Promise.all([api.makeAccount(4), api.makeAccount(4)]);
  await shell.openOn(mine.name, other.name);
  await expect(shell.b.sync).toHaveText("Up to date");
  await expect(shell.b.chosen).toBeVisible();
  const channel = await shell.b.listen();
  const mutations = await shell.b.watchDom();
  requests.clear();

  for (const at of [0, 1, 2]) await shell.a.togglePin(shell.a.articles.nth(at));
  await channel.receivedChanges(3);
  await expect(shell.a.pinnedCount).toHaveText("3");

  expect(await requests.by(shell.b)).toEqual([]);
  expect(await mutations()).toEqual([]);
});

test("a burst of pins costs no read", async ({ shell, requests, api }) => {
  const account = await api.makeAccount(10);
  await shell.openOn(account.name);
  requests.clear();
  const pins = await shell.a.articles.getByRole("button", { name: /^Pin/ }).all();
  await (await shell.a.frame()).evaluate(() => {
    for (const pin of document.querySelectorAll<HTMLElement>("article [aria-pressed]")) pin.click();
  });

  await expect(shell.b.pinnedCount).toHaveText(String(pins.length));
  await expect(shell.a.pinnedCount).toHaveText(String(pins.length));
  expect(requests.of("PATCH")).toHaveLength(pins.length);
  expect(requests.of("GET")).toEqual([]);
  await expectTruth(shell.b, api, account);
});
