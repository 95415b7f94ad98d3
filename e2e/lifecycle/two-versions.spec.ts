import { openRealm } from "../support/open-realm.ts";
import { expect, expectTruth, test } from "./test.ts";
import { detailsOf, trafficOf } from "./traffic.ts";
import { untilQuiet } from "./until-quiet.ts";

const newer = { tandem: 2, from: "newer-tab", kind: "delta", body: { deep: [1, 2, 3] } };

test("messages of a newer version: every tab in view catches up, and shell and browser tab offer to reload", async ({
  shell,
  openTab,
  api,
  server,
  requests,
}) => {
  const account = await api.makeAccount(3);
  await shell.openOn(account.name);
  const tab = await openTab(account, "window");
  const newerTab = await openRealm(shell.page, server.paneUrl);
  await tab.page.bringToFront();
  const tabs = [shell.a, shell.b, tab];
  for (const each of tabs) await expect(each.sync).toHaveText("Up to date");
  requests.clear();

  await newerTab.evaluate((message) => {
    const channel = new BroadcastChannel("tandem");
    for (let count = 0; count < 50; count++) channel.postMessage(message);
  }, newer);
  for (const { root } of [{ root: shell.page }, tab]) {
    const hint = root.getByRole("alert").filter({ hasText: "Reload to update" });
    await expect(hint).toHaveCount(1);
    await expect(hint.getByRole("button", { name: "Reload" })).toBeVisible();
  }
  await api.send("PATCH", `/activities/${account.rows[0]?.id}`, { pinned: true });
  await untilQuiet(tabs, api);
  for (const each of tabs) {
    await expectTruth(each, api, account);
    await expect(each.sync).toHaveText("Up to date");
    const { catchUps, reads } = await trafficOf(requests, each);
    expect(catchUps).toBeGreaterThanOrEqual(1);
    expect(catchUps).toBeLessThanOrEqual(3);
    // The hint moves the list under the pointer, which prefetches another account.
    const ofAccount = reads.filter((read) => read.includes(account.id));
    expect([[], [detailsOf(account)]]).toContainEqual(ofAccount);
  }

  await tab.button("Reload").click();
  await expect(tab.root.getByRole("alert")).toHaveCount(0);
  await expectTruth(tab, api, account);
});

test("a tab of a newer version is the leader, and posts while this tab is behind another: in front, it catches up", async ({
  openTab,
  api,
  server,
  requests,
  streams,
}) => {
  const account = await api.makeAccount(3);
  const tab = await openTab(account);
  await expect(tab.sync).toHaveText("Up to date");
  const channel = await tab.listen();
  const newerTab = await openRealm(tab.page, server.paneUrl);
  await newerTab.bringToFront();
  await expect.poll(() => streams.open).toBe(0);
  await newerTab.evaluate(async () => {
    await new Promise<void>((resolve) => {
      void navigator.locks.request("tandem-feed", () => {
        resolve();
        return new Promise(() => {});
      });
    });
  });
  requests.clear();
  await api.send("PATCH", `/activities/${account.rows[0]?.id}`, { pinned: true });
  await newerTab.evaluate((message) => new BroadcastChannel("tandem").postMessage(message), newer);
  await channel.received(1);
  expect(await requests.by(tab)).toEqual([]);

  await tab.page.bringToFront();
  await expectTruth(tab, api, account);
  expect((await trafficOf(requests, tab)).catchUps).toBe(1);
});
