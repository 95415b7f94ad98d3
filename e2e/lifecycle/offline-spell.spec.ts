import { askedBy, detailsOf } from "./asked.ts";
import { settled } from "./settled.ts";
import { expect, expectTruth, test } from "./test.ts";

test("offline says so; back online, one question brings what was missed", async ({
  shell,
  openTab,
  context,
  api,
  requests,
  streams,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/);
  const account = await api.makeAccount(4);
  await shell.openOn(account.name);
  const tabs = [shell.a, shell.b, await openTab(account, "window")];
  for (const tab of tabs) await expect(tab.sync).toHaveText("In step");

  await context.setOffline(true);
  for (const tab of tabs) await expect(tab.sync).toHaveText("Offline");
  await api.send("PATCH", `/activities/${account.rows[0]?.id}`, { pinned: true });
  requests.clear();
  await context.setOffline(false);

  await settled(tabs, api);
  for (const tab of tabs) {
    await expectTruth(tab, api, account);
    await expect(tab.sync).toHaveText("In step");
    const { questions, reads } = await askedBy(requests, tab);
    expect(questions).toBeLessThanOrEqual(1);
    expect([[], [detailsOf(account)]]).toContainEqual(reads);
  }
  expect(streams.standing).toBe(1);
});

test("a pin made offline waits for the network, and then reaches every tab", async ({
  shell,
  openTab,
  context,
  api,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/);
  const account = await api.makeAccount(2);
  await shell.openOn(account.name);
  const tab = await openTab(account, "window");
  await context.setOffline(true);
  await expect(tab.sync).toHaveText("Offline");
  await tab.pin(tab.articles.first()).click();
  await expect(tab.pin(tab.articles.first())).toHaveAttribute("aria-pressed", "true");
  expect((await api.account(account.id)).pinnedCount).toBe(0);

  await context.setOffline(false);
  for (const each of [tab, shell.a, shell.b]) {
    await expect(each.pinnedCount).toHaveText("1");
    await expectTruth(each, api, account);
    await expect(each.sync).toHaveText("In step");
  }
});
