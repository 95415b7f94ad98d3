import { expect, test } from "./support/test.ts";

test("panes: iframes with a title, and buttons of the shell that name it", async ({ shell }) => {
  await shell.open();
  await shell.a.account("Northgate Logistics").waitFor();
  for (const title of ["Tab A", "Tab B"]) {
    await expect(shell.frame(title)).toBeVisible();
    for (const name of [
      `Hide ${title}`,
      `Reload ${title}`,
      `Open ${title} in a browser tab`,
      `More for ${title}`,
      `Close ${title}`,
    ])
      await expect(shell.button(name)).toBeVisible();
  }
  await shell.button("Hide Tab B").click();
  await expect(shell.button("Show Tab B")).toBeVisible();
  await shell.button("Add tab").click();
  await expect(shell.frame("Tab C")).toBeVisible();
  await shell.button("Inspector").click();
  await expect(shell.inspector).toBeVisible();
});

test("accounts: a navigation with a button for each, the chosen one current", async ({
  tab,
  api,
}) => {
  const accounts = await api.send<{ name: string }[]>("GET", "/accounts");
  await tab.open();
  for (const { name } of accounts) await expect(tab.account(name)).toHaveCount(1);
  await expect(tab.accounts.getByRole("button")).toHaveCount(accounts.length);

  await tab.choose("Meridian Press");
  await expect(tab.account("Meridian Press")).toHaveAttribute("aria-current", "true");
  await expect(tab.chosen).toHaveCount(1);
});

test("details: a region with the account's name, and Pinned as a term with its definition", async ({
  tab,
  api,
}) => {
  await tab.open();
  await tab.choose("Meridian Press");
  const { pinnedCount } = await api.account("acc-16");

  await expect(tab.details.getByRole("heading", { name: "Meridian Press" })).toBeVisible();
  await expect(tab.details.getByRole("term").filter({ hasText: /^Pinned$/ })).toBeVisible();
  await expect(tab.pinnedCount).toHaveText(String(pinnedCount));
});

test("feed: an article for each activity, named by its title, with a pin that has its state", async ({
  tab,
  api,
}) => {
  const account = await api.makeAccount(11);
  await tab.open();
  await tab.choose(account.name);
  for (const { title } of account.rows.slice(0, 10)) {
    await expect(tab.article(title)).toBeVisible();
    await expect(tab.pin(tab.article(title))).toHaveAttribute("aria-pressed", "false");
  }
  await expect(tab.loadMore).toBeEnabled();
});

test("panels: a button named Hide or Show for each", async ({ tab }) => {
  await tab.open();
  await tab.choose("Meridian Press");
  for (const panel of ["activity", "details"]) {
    await tab.button(`Hide ${panel}`).click();
    await expect(tab.button(`Show ${panel}`)).toBeFocused();
    await expect(tab.button(`Hide ${panel}`)).toHaveCount(0);
  }
  await expect(tab.feed).toHaveCount(0);
  await expect(tab.details).toHaveCount(0);
  for (const panel of ["activity", "details"]) await tab.button(`Show ${panel}`).click();
  await expect(tab.heading("Meridian Press")).toBeVisible();
  await expect(tab.articles).toHaveCount(10);
});

test("sync: a status that reads In step, Updates wait until you look or Offline", async ({
  shell,
  api,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/);
  const account = await api.makeAccount(2);
  await shell.openOn(account.name);
  await expect(shell.b.sync).toHaveText("Up to date");

  await shell.b.button("Hide details").click();
  await shell.a.pin(shell.a.articles.first()).click();
  await expect(shell.b.sync).toHaveText("Updates wait until you look");
  await shell.b.button("Show details").click();
  await expect(shell.b.sync).toHaveText("Up to date");

  await context.setOffline(true);
  await expect(shell.b.sync).toHaveText("Offline");
  await context.setOffline(false);
  await expect(shell.b.sync).toHaveText("Up to date");
});
