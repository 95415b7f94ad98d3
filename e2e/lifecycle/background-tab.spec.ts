import { accountsRead } from "../support/requests.ts";
import { expect, expectTruth, test } from "./test.ts";
import { detailsOf, feedOf, trafficOf } from "./traffic.ts";
import { untilQuiet } from "./until-quiet.ts";

test("a tab behind another sends no request and renders nothing; in front again, it reads once what has changed", async ({
  openTab,
  api,
  requests,
  streams,
}) => {
  const account = await api.makeAccount(4);
  const behind = await openTab(account);
  await expect(behind.sync).toHaveText("Up to date");
  const front = await openTab(account);
  await expect.poll(() => streams.in(front.page)).toBe(1);
  expect(streams.in(behind.page)).toBe(0);
  const mutations = await behind.watchDom();
  const channel = await behind.listen();
  requests.clear();

  for (const at of [0, 1, 2]) await front.togglePin(front.articles.nth(at));
  await api.send("PATCH", `/accounts/${account.id}`, { name: `${account.name} & Sons` });
  await channel.receivedChanges(4);
  await expect(front.pinnedCount).toHaveText("3");
  expect(await requests.by(behind)).toEqual([]);
  expect(await mutations()).toEqual([]);

  await behind.page.bringToFront();
  await expectTruth(behind, api, account);
  await expect(behind.heading(`${account.name} & Sons`)).toBeVisible();
  await untilQuiet([behind], api);
  expect(await trafficOf(requests, behind)).toEqual({
    catchUps: 0,
    reads: [accountsRead, detailsOf(account), feedOf(account)].sort(),
  });
});

test("the panes of a shell behind a browser tab send no request and render nothing; in front again, each reads once what has changed", async ({
  shell,
  openTab,
  api,
  requests,
  streams,
}) => {
  const account = await api.makeAccount(4);
  await shell.openOn(account.name);
  const panes = [shell.a, shell.b];
  for (const pane of panes) await expect(pane.sync).toHaveText("Up to date");
  const front = await openTab(account);
  await expect.poll(() => streams.in(front.page)).toBe(1);
  const renders = await Promise.all(panes.map((pane) => pane.watchDom()));
  const channel = await shell.b.listen();
  requests.clear();

  for (const at of [0, 1, 2]) await front.togglePin(front.articles.nth(at));
  await channel.receivedChanges(3);
  await expect(front.pinnedCount).toHaveText("3");
  for (const pane of panes) expect(await requests.by(pane)).toEqual([]);
  for (const rendered of renders) expect(await rendered()).toEqual([]);

  await shell.page.bringToFront();
  for (const pane of panes) await expectTruth(pane, api, account);
  await untilQuiet(panes, api);
  for (const pane of panes) {
    const { catchUps, reads } = await trafficOf(requests, pane);
    expect(catchUps).toBeLessThanOrEqual(1);
    expect(reads).toEqual([detailsOf(account), feedOf(account)]);
  }
});

test("a tab in front again while nothing changed sends no request", async ({
  openTab,
  api,
  requests,
}) => {
  const account = await api.makeAccount(4);
  const behind = await openTab(account);
  await openTab(account);
  requests.clear();
  await behind.page.bringToFront();
  // It is in view when it shows what changes now.
  await api.send("PATCH", `/accounts/${account.id}`, { name: `${account.name} & Sons` });
  await expect(behind.heading(`${account.name} & Sons`)).toBeVisible();
  await untilQuiet([behind], api);
  expect(requests.all).toEqual([]);
});

test("while no tab is visible, none holds the change stream; tabs that are visible again catch up", async ({
  shell,
  openTab,
  coverAll,
  api,
  requests,
  streams,
}) => {
  const account = await api.makeAccount(4);
  await shell.openOn(account.name);
  const behind = await openTab(account);
  await expect.poll(() => streams.in(behind.page)).toBe(1);
  await coverAll();
  await expect.poll(() => streams.open).toBe(0);
  requests.clear();

  await api.send("PATCH", `/activities/${account.rows[1]?.id}`, { pinned: true });
  await shell.page.bringToFront();
  await untilQuiet([shell.a, shell.b], api);
  for (const pane of [shell.a, shell.b]) {
    await expectTruth(pane, api, account);
    await expect(pane.sync).toHaveText("Up to date");
    const { catchUps, reads } = await trafficOf(requests, pane);
    expect(catchUps).toBeLessThanOrEqual(1);
    expect(reads.filter((read) => read !== detailsOf(account))).toEqual([]);
    expect(reads.length).toBeLessThanOrEqual(1);
  }
  expect(await requests.by(behind)).toEqual([]);
  expect(streams.open).toBe(1);
});
