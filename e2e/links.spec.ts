import { expect, test } from "./support/test.ts";

test("a copied link reopens what was seen: an activity, however old, on top and marked, and from a pane in the shell", async ({
  shell,
  tab,
  api,
  context,
  page,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const account = await api.makeAccount(15);
  await tab.openOn(account);
  await tab.loadUntil(15);
  const title = account.rows[13]?.title ?? "";
  await tab.article(title).getByRole("button", { name: "Copy link to" }).click();
  await expect(tab.root.getByText("Link copied")).toBeVisible();
  await page.goto(await copied());
  await expect(tab.heading(account.name)).toBeVisible();
  await expect(tab.article(title)).toBeFocused();
  await expect(tab.article(title)).toHaveAttribute("aria-current", "true");
  await expect(tab.articles).toHaveCount(2);
  await tab.button("Clear").click();
  await expect(tab.article(account.rows[0]?.title ?? "")).toBeVisible();

  await shell.open();
  await shell.b.choose(account.name);
  await shell.b.button("Copy link to this account").click();
  await expect(shell.b.root.getByText("Link copied")).toBeVisible();
  await page.goto("about:blank");
  await shell.open();
  const url = await copied();
  expect(new URL(url).origin).toBe(new URL(page.url()).origin);
  await page.goto(url);
  await expect(shell.a.heading(account.name)).toBeVisible();
});
