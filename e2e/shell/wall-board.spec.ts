import { expectNoViolations } from "../support/axe-violations.ts";
import { expect, test } from "../support/test.ts";

test("a second remote, built without React, is in step: a pin costs it nothing, hidden it asks nothing, and a sign-out empties it", async ({
  shell,
  page,
  api,
  requests,
  expectedErrors,
}) => {
  test.setTimeout(120_000);
  const account = await api.makeAccount(3);
  await shell.open();
  await shell.a.choose(account.name);
  await shell.button("Close Tab B").click();
  // Its first read fails, and the board offers to try again.
  expectedErrors.push(/500/);
  await page.route("**/api/activities?_sort=version*", (route) => route.fulfill({ status: 500 }));
  await shell.button("Choose what to add").click();
  await page.getByRole("menuitem", { name: "Wall board" }).click();
  const board = page.frameLocator('iframe[title="Tab B"]');
  const failed = board.getByRole("alert").filter({ hasText: "The changes can’t be read" });
  await expect(failed).toBeVisible({ timeout: 30_000 });
  await page.unroute("**/api/activities?_sort=version*");
  await failed.getByRole("button", { name: "Retry" }).click();

  const changes = board.getByRole("log", { name: "Changes" }).getByRole("listitem");
  const status = board.getByRole("status", { name: "Sync" });
  const changed = board
    .getByRole("term")
    .filter({ hasText: /^Changed$/ })
    .locator("xpath=following-sibling::dd");
  await expect(status).toHaveText("Up to date");
  await expect(changes.filter({ hasText: account.name })).toHaveCount(3);

  requests.clear();
  await shell.a.togglePin(shell.a.articles.first());
  const pinned = changes.filter({ hasText: account.name }).filter({ hasText: /pinned/ });
  await expect(pinned).toHaveCount(1);
  await expect(changes.first()).toContainText("pinned");
  await expect(changed).toHaveText("1");
  expect(requests.of("GET")).toEqual([]);

  await shell.button("Hide Tab B").click();
  await expect(shell.frame("Tab B")).toBeHidden();
  for (const [at, { id }] of account.rows.entries())
    await api.send("PATCH", `/activities/${id}`, { title: `Changed unseen ${at}` });
  await expect(shell.a.article("Changed unseen 2")).toBeVisible();
  expect(requests.of("GET", /changes|version/)).toEqual([]);
  await shell.button("Show Tab B").click();
  await expect(changes.filter({ hasText: "Changed unseen" })).toHaveCount(3);
  await expect(changed).toHaveText("4");

  await expectNoViolations(page, 'iframe[title="Tab B"]');

  // A sign-in is another session, and a sign-out ends it in every realm of the origin.
  await shell.a.button("Sign in").click();
  await shell.a.root.getByRole("menuitem", { name: "Maya Lindqvist" }).click();
  await expect(changes.first()).toBeVisible();
  await expect(changed).toHaveText("0");
  await shell.a.root.getByRole("button", { name: /^Working as Maya Lindqvist/ }).click();
  await shell.a.root.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(board.getByRole("heading", { name: "Signed out" })).toBeVisible();
  await expect(status).toHaveText("Signed out");
  await expect(changes).toHaveCount(0);
});
