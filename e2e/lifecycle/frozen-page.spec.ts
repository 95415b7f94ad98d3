import { askedBy, detailsOf, feedOf } from "./asked.ts";
import { settled } from "./settled.ts";
import { expect, expectTruth, freeze, test } from "./test.ts";

test("a page that wakes asks once what it missed, and reads what is in view of it", async ({
  openTab,
  api,
  requests,
}) => {
  const [shown, changed, same] = [
    await api.makeAccount(4),
    await api.makeAccount(2),
    await api.makeAccount(2),
  ];
  const sleeper = await openTab(changed);
  await sleeper.choose(same.name);
  await sleeper.choose(shown.name);
  const other = await openTab(shown);
  const thaw = await freeze(sleeper.page);
  requests.clear();

  await other.togglePin(other.articles.nth(0));
  await api.send("PATCH", `/activities/${shown.rows[1]?.id}`, { pinned: true });
  await api.send("PATCH", `/activities/${changed.rows[0]?.id}`, { pinned: true });
  await expect(other.pinnedCount).toHaveText("2");
  await thaw();
  await sleeper.page.bringToFront();

  await expectTruth(sleeper, api, shown);
  await settled([sleeper], api);
  expect(await askedBy(requests, sleeper)).toEqual({
    questions: 1,
    reads: [detailsOf(shown), feedOf(shown)],
  });

  requests.clear();
  await sleeper.choose(same.name);
  await sleeper.choose(changed.name);
  await expectTruth(sleeper, api, changed);
  await settled([sleeper], api);
  expect(await askedBy(requests, sleeper)).toEqual({
    questions: 0,
    reads: [detailsOf(changed), feedOf(changed)],
  });
});

test("a page that wakes and missed nothing asks that and no more", async ({
  openTab,
  api,
  requests,
}) => {
  const account = await api.makeAccount(4);
  const sleeper = await openTab(account);
  const other = await openTab(account);
  const thaw = await freeze(sleeper.page);
  requests.clear();
  await thaw();
  await sleeper.page.bringToFront();
  // It is awake when it shows the next change.
  await api.send("PATCH", `/accounts/${account.id}`, { name: `${account.name} & Sons` });
  await expect(sleeper.heading(`${account.name} & Sons`)).toBeVisible();
  await settled([sleeper], api);

  const { questions, reads } = await askedBy(requests, sleeper);
  expect(questions).toBeLessThanOrEqual(1);
  expect(reads).toEqual([]);
  expect(await askedBy(requests, other)).toEqual({ questions: 0, reads: [] });
});

test("a page that is frozen while in front lets go of the stream, and takes it again", async ({
  openTab,
  coverAll,
  api,
  streams,
}) => {
  const account = await api.makeAccount(2);
  const sleeper = await openTab(account);
  await expect.poll(() => streams.in(sleeper.page)).toBe(1);
  const thaw = await freeze(sleeper.page);
  await expect.poll(() => streams.standing).toBe(0);

  await api.send("PATCH", `/activities/${account.rows[0]?.id}`, { pinned: true });
  // Freezing hides a page, and only another one in front makes the browser show it again.
  await coverAll();
  await thaw();
  await sleeper.page.bringToFront();
  await expectTruth(sleeper, api, account);
  await expect.poll(() => streams.in(sleeper.page)).toBe(1);
});

test("a page that wakes behind another asks nothing until somebody looks at it", async ({
  openTab,
  api,
  requests,
}) => {
  const account = await api.makeAccount(2);
  const sleeper = await openTab(account);
  const other = await openTab(account);
  const channel = await sleeper.listen();
  const thaw = await freeze(sleeper.page);
  requests.clear();
  await other.togglePin(other.articles.first());
  await thaw();
  // What was said while it slept reaches it before what is said now.
  await other.togglePin(other.articles.last());
  await channel.heardChanges(2);
  await expect(other.pinnedCount).toHaveText("2");
  expect(await requests.by(sleeper)).toEqual([]);

  await sleeper.page.bringToFront();
  await expectTruth(sleeper, api, account);
  await settled([sleeper], api);
  const { questions, reads } = await askedBy(requests, sleeper);
  expect(questions).toBeLessThanOrEqual(1);
  expect(reads).toEqual([detailsOf(account), feedOf(account)]);
});

test("a shell that wakes has both panes ask once, and shows what they missed", async ({
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

  await settled([shell.a, shell.b], api);
  for (const pane of [shell.a, shell.b]) {
    await expectTruth(pane, api, account);
    await expect(pane.sync).toHaveText("In step");
    const { questions, reads } = await askedBy(requests, pane);
    expect(questions).toBeLessThanOrEqual(1);
    expect([detailsOf(account), feedOf(account)]).toEqual(expect.arrayContaining([...reads]));
    expect(new Set(reads).size, "each at most once").toBe(reads.length);
  }
  expect([await shell.a.timeOrigin(), await shell.b.timeOrigin()]).toEqual(origins);
});
