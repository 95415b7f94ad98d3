import { expect, expectTruth, test } from "./support/test.ts";

test("a pin in one tab is shown by the other, with the new count", async ({
  shell,
  api,
  requests,
}) => {
  const account = await api.makeAccount(12);
  await shell.openOn(account.name);
  requests.clear();
  const title = account.rows[2]?.title ?? "";
  await shell.a.pin(shell.a.article(title)).click();

  await expect(shell.b.pin(shell.b.article(title))).toHaveAttribute("aria-pressed", "true");
  await expect(shell.b.pinnedCount).toHaveText("1");
  expect(await requests.by(shell.b)).toEqual([]);

  await shell.b.pin(shell.b.article(title)).click();
  await expect(shell.a.pinnedCount).toHaveText("0");
  await expectTruth(shell.a, api, account);
  await expectTruth(shell.b, api, account);
});

test("cached accounts out of view are read when shown again, and only those that changed", async ({
  shell,
  api,
  requests,
}) => {
  const [changed, untouched, shown] = await Promise.all([2, 3, 4].map(api.makeAccount));
  if (!changed || !untouched || !shown) throw new Error("Three were made");
  await shell.open();
  for (const { name } of [changed, untouched, shown]) await shell.b.choose(name);
  await shell.a.choose(changed.name);
  const channel = await shell.b.listen();
  requests.clear();

  await shell.a.togglePin(shell.a.articles.first());
  await shell.a.togglePin(shell.a.articles.last());
  await channel.receivedChanges(2);
  await expect(shell.a.pinnedCount).toHaveText("2");
  expect(await requests.by(shell.b)).toEqual([]);

  await shell.b.choose(untouched.name);
  await expect(shell.b.sync).toHaveText("Up to date");
  expect(await requests.by(shell.b)).toEqual([]);

  await shell.b.choose(changed.name);
  await expectTruth(shell.b, api, changed);
  expect((await requests.by(shell.b)).sort()).toEqual([
    `GET /accounts/${changed.id}`,
    `GET /activities?accountId=${changed.id}&_limit=10`,
  ]);
});

test("every request after the first load has a cause in the inspector", async ({
  shell,
  api,
  requests,
}) => {
  const account = await api.makeAccount(22);
  // Beside the inspector each pane still has room for the accounts.
  await shell.page.setViewportSize({ width: 2000, height: 900 });
  await shell.openOn(account.name);
  await shell.button("Inspector").click();
  await shell.inspector.getByRole("button", { name: "Clear" }).click();
  requests.clear();

  await shell.a.loadMore.click();
  await expect(shell.a.articles).toHaveCount(20);
  await shell.a.togglePin(shell.a.articles.first());
  await expect(shell.b.pinnedCount).toHaveText("1");
  await expect(shell.a.pinnedCount).toHaveText("1");
  const other = await api.makeAccount(1);
  for (const tab of [shell.a, shell.b]) await expect(tab.account(other.name)).toBeAttached();

  const traced = shell.inspector.getByRole("listitem").filter({ hasText: /Tab [AB] request/ });
  await expect(traced).toHaveCount(requests.all.length);
  await expect(traced.filter({ hasText: "load more" })).toHaveCount(1);
  await expect(traced.filter({ hasText: "the user" })).toHaveCount(1);
  expect(requests.of("GET", /^GET \/accounts/)).toEqual([]);
});
