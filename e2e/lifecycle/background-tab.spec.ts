import { askedBy, detailsOf, feedOf } from "./asked.ts";
import { settled } from "./settled.ts";
import { expect, expectTruth, test } from "./test.ts";

test("a tab behind another asks for nothing and renders nothing; in front again, it reads what changed once", async ({
  openTab,
  api,
  requests,
  streams,
}) => {
  const account = await api.makeAccount(4);
  const behind = await openTab(account);
  await expect(behind.sync).toHaveText("In step");
  const front = await openTab(account);
  await expect.poll(() => streams.in(front.page)).toBe(1);
  expect(streams.in(behind.page)).toBe(0);
  const mutations = await behind.watchDom();
  const channel = await behind.listen();
  requests.clear();

  for (const at of [0, 1, 2]) await front.togglePin(front.articles.nth(at));
  await api.send("PATCH", `/accounts/${account.id}`, { name: `${account.name} & Sons` });
  await channel.heardChanges(4);
  await expect(front.pinnedCount).toHaveText("3");
  expect(await requests.by(behind)).toEqual([]);
  expect(await mutations()).toEqual([]);

  await behind.page.bringToFront();
  await expectTruth(behind, api, account);
  await expect(behind.heading(`${account.name} & Sons`)).toBeVisible();
  await settled([behind], api);
  expect(await askedBy(requests, behind)).toEqual({
    questions: 0,
    reads: ["GET /accounts", detailsOf(account), feedOf(account)].sort(),
  });
});

test("a tab in front again while nothing changed asks for nothing", async ({
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
  await settled([behind], api);
  expect(requests.all).toEqual([]);
});

test("while nobody looks nobody holds the stream, and who looks again is told what was missed", async ({
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
  await expect.poll(() => streams.standing).toBe(0);
  requests.clear();

  await api.send("PATCH", `/activities/${account.rows[1]?.id}`, { pinned: true });
  await shell.page.bringToFront();
  await settled([shell.a, shell.b], api);
  for (const pane of [shell.a, shell.b]) {
    await expectTruth(pane, api, account);
    await expect(pane.sync).toHaveText("In step");
    const { questions, reads } = await askedBy(requests, pane);
    expect(questions).toBeLessThanOrEqual(1);
    expect(reads.filter((read) => read !== detailsOf(account))).toEqual([]);
    expect(reads.length).toBeLessThanOrEqual(1);
  }
  expect(await requests.by(behind)).toEqual([]);
  expect(streams.standing).toBe(1);
});
