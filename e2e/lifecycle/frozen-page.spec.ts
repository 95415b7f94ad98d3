import { expect, expectTruth, freeze, test } from "./test.ts";
import { detailsOf, feedOf, trafficOf } from "./traffic.ts";
import { untilQuiet } from "./until-quiet.ts";

test("a page that resumes catches up once, and reads what is in view", async ({
  openTab,
  api,
  requests,
}) => {
  const [shown, changed, same] = [
    await api.makeAccount(4),
    await api.makeAccount(2),
    await api.makeAccount(2),
  ];
  const frozen = await openTab(changed);
  await frozen.choose(same.name);
  await frozen.choose(shown.name);
  const other = await openTab(shown);
  const thaw = await freeze(frozen.page);
  requests.clear();

  await other.togglePin(other.articles.nth(0));
  await api.send("PATCH", `/activities/${shown.rows[1]?.id}`, { pinned: true });
  await api.send("PATCH", `/activities/${changed.rows[0]?.id}`, { pinned: true });
  await expect(other.pinnedCount).toHaveText("2");
  await thaw();
  await frozen.page.bringToFront();

  await expectTruth(frozen, api, shown);
  await untilQuiet([frozen], api);
  expect(await trafficOf(requests, frozen)).toEqual({
    catchUps: 1,
    reads: [detailsOf(shown), feedOf(shown)],
  });

  requests.clear();
  await frozen.choose(same.name);
  await frozen.choose(changed.name);
  await expectTruth(frozen, api, changed);
  await untilQuiet([frozen], api);
  expect(await trafficOf(requests, frozen)).toEqual({
    catchUps: 0,
    reads: [detailsOf(changed), feedOf(changed)],
  });
});

test("a page that resumes and missed nothing costs at most one catch-up and no read", async ({
  openTab,
  api,
  requests,
}) => {
  const account = await api.makeAccount(4);
  const frozen = await openTab(account);
  const other = await openTab(account);
  const thaw = await freeze(frozen.page);
  requests.clear();
  await thaw();
  await frozen.page.bringToFront();
  // It has resumed when it shows the next change.
  await api.send("PATCH", `/accounts/${account.id}`, { name: `${account.name} & Sons` });
  await expect(frozen.heading(`${account.name} & Sons`)).toBeVisible();
  await untilQuiet([frozen], api);

  const { catchUps, reads } = await trafficOf(requests, frozen);
  expect(catchUps).toBeLessThanOrEqual(1);
  expect(reads).toEqual([]);
  expect(await trafficOf(requests, other)).toEqual({ catchUps: 0, reads: [] });
});

test("a page that is frozen in front releases the change stream, and acquires it again", async ({
  openTab,
  coverAll,
  api,
  streams,
}) => {
  const account = await api.makeAccount(2);
  const frozen = await openTab(account);
  await expect.poll(() => streams.in(frozen.page)).toBe(1);
  const thaw = await freeze(frozen.page);
  await expect.poll(() => streams.open).toBe(0);

  await api.send("PATCH", `/activities/${account.rows[0]?.id}`, { pinned: true });
  // Freezing hides a page, and the browser shows it again only after another was in front.
  await coverAll();
  await thaw();
  await frozen.page.bringToFront();
  await expectTruth(frozen, api, account);
  await expect.poll(() => streams.in(frozen.page)).toBe(1);
});

test("a page that resumes behind another sends no request until it is in front", async ({
  openTab,
  api,
  requests,
}) => {
  const account = await api.makeAccount(2);
  const frozen = await openTab(account);
  const other = await openTab(account);
  const channel = await frozen.listen();
  const thaw = await freeze(frozen.page);
  requests.clear();
  await other.togglePin(other.articles.first());
  await thaw();
  // Messages sent while it was frozen arrive before later ones.
  await other.togglePin(other.articles.last());
  await channel.receivedChanges(2);
  await expect(other.pinnedCount).toHaveText("2");
  expect(await requests.by(frozen)).toEqual([]);

  await frozen.page.bringToFront();
  await expectTruth(frozen, api, account);
  await untilQuiet([frozen], api);
  const { catchUps, reads } = await trafficOf(requests, frozen);
  expect(catchUps).toBeLessThanOrEqual(1);
  expect(reads).toEqual([detailsOf(account), feedOf(account)]);
});

test("both panes of a shell that resumes catch up once, and show what they missed", async ({
  shell,
  coverAll,
  api,
  requests,
}) => {
  const account = await api.makeAccount(3);
  await shell.openOn(account.name);
  const origins = [await shell.a.timeOrigin(), await shell.b.timeOrigin()];
  await coverAll();
  const thaw = await freeze(shell.page);
  requests.clear();
  await api.send("PATCH", `/activities/${account.rows[1]?.id}`, { pinned: true });
  await thaw();
  await shell.page.bringToFront();

  await untilQuiet([shell.a, shell.b], api);
  for (const pane of [shell.a, shell.b]) {
    await expectTruth(pane, api, account);
    await expect(pane.sync).toHaveText("Up to date");
    const { catchUps, reads } = await trafficOf(requests, pane);
    expect(catchUps).toBeLessThanOrEqual(1);
    expect([detailsOf(account), feedOf(account)]).toEqual(expect.arrayContaining([...reads]));
    expect(new Set(reads).size, "each at most once").toBe(reads.length);
  }
  expect([await shell.a.timeOrigin(), await shell.b.timeOrigin()]).toEqual(origins);
});
