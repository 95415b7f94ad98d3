import { expect, test } from "./test.ts";

test("panes, and what the shell does to them, go by their names", async ({ shell }) => {
  await shell.open();
  await shell.a.account("Northgate Logistics").waitFor();
  for (const title of ["Tab A", "Tab B"]) {
    await expect(shell.frame(title)).toBeVisible();
    for (const name of [
      `Hide ${title}`,
      `Reload ${title}`,
      `Open ${title} in a browser tab`,
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
  shell,
  api,
}) => {
  const accounts = await api.send<{ name: string }[]>("GET", "/accounts");
  await shell.open();
  for (const { name } of accounts) await expect(shell.a.account(name)).toHaveCount(1);
  await expect(shell.a.accounts.getByRole("button")).toHaveCount(accounts.length);

  await shell.a.choose("Meridian Press");
  await expect(shell.a.account("Meridian Press")).toHaveAttribute("aria-current", "true");
  await expect(shell.a.chosen).toHaveCount(1);
});

test("details: a region with the account's name, and Pinned as a term with its definition", async ({
  shell,
  api,
}) => {
  await shell.open();
  await shell.a.choose("Meridian Press");
  const { pinnedCount } = await api.account("acc-16");

  await expect(shell.a.details.getByRole("heading", { name: "Meridian Press" })).toBeVisible();
  await expect(shell.a.details.getByRole("term").filter({ hasText: /^Pinned$/ })).toBeVisible();
  await expect(shell.a.pinnedCount).toHaveText(String(pinnedCount));
});

test("feed: an article for each activity, named by its title, with a pin that says its state", async ({
  shell,
  api,
}) => {
  const account = await api.makeAccount(11);
  await shell.open();
  await shell.a.choose(account.name);
  for (const { title } of account.rows.slice(0, 10)) {
    await expect(shell.a.article(title)).toBeVisible();
    await expect(shell.a.pin(shell.a.article(title))).toHaveAttribute("aria-pressed", "false");
  }
  await expect(shell.a.loadMore).toBeEnabled();
});

test("panels can be hidden and shown by buttons that say so", async ({ shell }) => {
  await shell.open();
  await shell.a.choose("Meridian Press");
  for (const panel of ["activity", "details"]) {
    await shell.a.button(`Hide ${panel}`).click();
    await expect(shell.a.button(`Show ${panel}`)).toBeFocused();
    await expect(shell.a.button(`Hide ${panel}`)).toHaveCount(0);
  }
  await expect(shell.a.feed).toHaveCount(0);
  await expect(shell.a.details).toHaveCount(0);
  for (const panel of ["activity", "details"]) await shell.a.button(`Show ${panel}`).click();
  await expect(shell.a.heading("Meridian Press")).toBeVisible();
  await expect(shell.a.articles).toHaveCount(10);
});

test("Sync says In step, Changes waiting and Offline when that is so", async ({
  shell,
  api,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/);
  const account = await api.makeAccount(2);
  await shell.openOn(account.name);
  await expect(shell.b.sync).toHaveText("In step");

  await shell.b.button("Hide details").click();
  await shell.a.pin(shell.a.articles.first()).click();
  await expect(shell.b.sync).toHaveText("Changes waiting");
  await shell.b.button("Show details").click();
  await expect(shell.b.sync).toHaveText("In step");

  await context.setOffline(true);
  await expect(shell.b.sync).toHaveText("Offline");
  await context.setOffline(false);
  await expect(shell.b.sync).toHaveText("In step");
});
