import { accountsRead } from "./support/requests.ts";
import { expect, test } from "./support/test.ts";

test("both tabs load the same data, each by its own requests", async ({ shell, requests, api }) => {
  const account = await api.makeAccount(3);
  await shell.openOn(account.name);

  const asked = [
    `GET /accounts/${account.id}`,
    accountsRead,
    `GET /activities?accountId=${account.id}&_limit=10`,
    "GET /users",
  ];
  expect((await requests.by(shell.a)).sort()).toEqual(asked);
  expect((await requests.by(shell.b)).sort()).toEqual(asked);
  expect(await shell.a.shownRows()).toEqual(await shell.b.shownRows());
  await expect(shell.a.articles).toHaveCount(3);
});

test("choosing an account in one tab leaves the other's choice alone", async ({ shell }) => {
  await shell.open();
  await shell.a.choose("Kestrel Robotics");

  await expect(shell.a.chosen).toHaveAccessibleName(/^Kestrel Robotics/);
  await expect(shell.b.root.getByText(/^Select an account/)).toBeVisible();
  await expect(shell.b.chosen).toHaveCount(0);

  await shell.b.choose("Halden Pharma Supply");
  await expect(shell.a.heading("Kestrel Robotics")).toBeVisible();
});

test("filtering the accounts in one tab leaves the other's list alone", async ({ shell }) => {
  await shell.open();
  await shell.a.filter.fill("kestrel");

  await expect(shell.a.account("Halden Pharma Supply")).toHaveCount(0);
  await expect(shell.b.account("Halden Pharma Supply")).toBeVisible();
  await expect(shell.b.filter).toHaveValue("");
});

test("scrolling and loading more in one tab leaves the other where it was", async ({ shell }) => {
  await shell.openOn("Quantrell Labs");
  await shell.b.loadUntil(30);
  await shell.b.articles.last().scrollIntoViewIfNeeded();

  await expect(shell.b.articles.first()).not.toBeInViewport();
  await expect(shell.a.articles.first()).toBeInViewport();
  await expect(shell.a.articles).toHaveCount(10);
});

test("hiding a panel in one tab leaves it shown in the other", async ({ shell }) => {
  await shell.openOn("Quantrell Labs");
  await shell.a.button("Hide activity").click();

  await expect(shell.a.feed).toHaveCount(0);
  await expect(shell.b.feed).toBeVisible();
});
