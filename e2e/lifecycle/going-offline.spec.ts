import { expect, expectTruth, test } from "./test.ts";
import { detailsOf, trafficOf } from "./traffic.ts";
import { untilQuiet } from "./until-quiet.ts";

test("offline is shown as such; back online, one catch-up brings what was missed", async ({
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
  for (const tab of tabs) await expect(tab.sync).toHaveText("Up to date");

  await context.setOffline(true);
  for (const tab of tabs) await expect(tab.sync).toHaveText("Offline");
  await api.send("PATCH", `/activities/${account.rows[0]?.id}`, { pinned: true });
  requests.clear();
  await context.setOffline(false);

  await untilQuiet(tabs, api);
  for (const tab of tabs) {
    await expectTruth(tab, api, account);
    await expect(tab.sync).toHaveText("Up to date");
    const { catchUps, reads } = await trafficOf(requests, tab);
    expect(catchUps).toBeLessThanOrEqual(1);
    expect([[], [detailsOf(account)]]).toContainEqual(reads);
  }
  expect(streams.open).toBe(1);
});
