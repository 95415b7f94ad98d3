import { openRealm } from "../open-realm.ts";
import { askedBy, detailsOf } from "./asked.ts";
import { settled } from "./settled.ts";
import { expect, expectTruth, test } from "./test.ts";

const newer = { tandem: 2, from: "tab-of-tomorrow", kind: "delta", body: { deep: [1, 2, 3] } };

test("a tab of the next version speaks: every tab in view asks the server, and says how to update", async ({
  shell,
  openTab,
  api,
  server,
  requests,
}) => {
  const account = await api.makeAccount(3);
  await shell.openOn(account.name);
  const tab = await openTab(account, "window");
  const tomorrow = await openRealm(shell.page, server.paneUrl);
  await tab.page.bringToFront();
  const tabs = [shell.a, shell.b, tab];
  for (const each of tabs) await expect(each.sync).toHaveText("In step");
  requests.clear();

  await tomorrow.evaluate((message) => {
    const channel = new BroadcastChannel("tandem");
    for (let count = 0; count < 50; count++) channel.postMessage(message);
  }, newer);
  for (const each of tabs) {
    const hint = each.root.getByRole("alert").filter({ hasText: "Reload to update" });
    await expect(hint).toBeVisible();
    await expect(hint.getByRole("button", { name: "Reload" })).toBeVisible();
  }
  await api.send("PATCH", `/activities/${account.rows[0]?.id}`, { pinned: true });
  await settled(tabs, api);
  for (const each of tabs) {
    await expectTruth(each, api, account);
    await expect(each.sync).toHaveText("In step");
    const { questions, reads } = await askedBy(requests, each);
    expect(questions).toBeGreaterThanOrEqual(1);
    expect(questions).toBeLessThanOrEqual(3);
    // The hint moves the list under the pointer, and what is pointed at is fetched ahead.
    const ofAccount = reads.filter((read) => read.includes(account.id));
    expect([[], [detailsOf(account)]]).toContainEqual(ofAccount);
  }

  await tab.button("Reload").click();
  await expect(tab.root.getByRole("alert")).toHaveCount(0);
  await expectTruth(tab, api, account);
});

test("a tab of the next version holds the stream, and speaks while this one is behind another: looked at, it asks", async ({
  openTab,
  api,
  server,
  requests,
  streams,
}) => {
  const account = await api.makeAccount(3);
  const tab = await openTab(account);
  await expect(tab.sync).toHaveText("In step");
  const channel = await tab.listen();
  const tomorrow = await openRealm(tab.page, server.paneUrl);
  await tomorrow.bringToFront();
  await expect.poll(() => streams.standing).toBe(0);
  await tomorrow.evaluate(async () => {
    await new Promise<void>((resolve) => {
      void navigator.locks.request("tandem-feed", () => {
        resolve();
        return new Promise(() => {});
      });
    });
  });
  requests.clear();
  await api.send("PATCH", `/activities/${account.rows[0]?.id}`, { pinned: true });
  await tomorrow.evaluate((message) => new BroadcastChannel("tandem").postMessage(message), newer);
  await channel.heard(1);
  expect(await requests.by(tab)).toEqual([]);

  await tab.page.bringToFront();
  await expectTruth(tab, api, account);
  expect((await askedBy(requests, tab)).questions).toBe(1);
});
