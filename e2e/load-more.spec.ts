import { holdRequests } from "./hold-requests.ts";
import { expect, test } from "./test.ts";

test("each press appends the next rows, newest first, until there are no more", async ({
  shell,
  api,
  requests,
}) => {
  const account = await api.makeAccount(24);
  await shell.openOn(account.name);
  const titles = account.rows.map(({ title }) => title);
  const shown = async () => (await shell.a.shownRows()).map(({ title }) => title);
  expect(await shown()).toEqual(titles.slice(0, 10));
  requests.clear();

  await shell.a.loadMore.click();
  await expect(shell.a.articles).toHaveCount(20);
  expect(await shown()).toEqual(titles.slice(0, 20));

  await shell.a.loadMore.click();
  await expect(shell.a.articles).toHaveCount(24);
  expect(await shown()).toEqual(titles);
  await expect(shell.a.loadMore).toHaveCount(0);
  expect(requests.of("GET", /^GET \/activities/)).toHaveLength(2);
  expect(requests.all).toHaveLength(2);
});

test("rows of the very same instant are neither lost nor doubled between pages", async ({
  shell,
  api,
}) => {
  const account = await api.makeAccount(5);
  const at = "2026-01-01T00:00:00.000Z";
  await Promise.all(Array.from({ length: 28 }, () => api.makeActivity(account.id, { at })));
  await shell.open();
  await shell.a.choose(account.name);
  await shell.a.loadUntil(33);

  const rows = await api.rows(account.id);
  expect((await shell.a.shownRows()).map(({ title }) => title)).toEqual(
    rows.map(({ title }) => title),
  );
});

test("Load more is disabled while a page is loading", async ({ shell, page }) => {
  await shell.open();
  await shell.a.choose("Verdant Grocers");
  const held = await holdRequests(page, (request) => request.url().includes("at_lte"));
  await shell.a.loadMore.click();
  await held.arrived(1);

  await expect(shell.a.loadMore).toBeDisabled();
  await expect(shell.a.feed).toHaveAttribute("aria-busy", "true");
  await expect(shell.a.articles).toHaveCount(10);

  await held.pass(0);
  await expect(shell.a.articles).toHaveCount(20);
  await expect(shell.a.loadMore).toBeEnabled();
  await expect(shell.a.feed).toHaveAttribute("aria-busy", "false");
});

test("an account with no activity says so", async ({ shell }) => {
  await shell.open();
  await shell.a.account("Orchard Lane Homes").click();

  await expect(shell.a.root.getByText("No activity yet")).toBeVisible();
  await expect(shell.a.articles).toHaveCount(0);
  await expect(shell.a.loadMore).toHaveCount(0);
});

test("a page that fails to load keeps the rows before it, and can be tried again", async ({
  shell,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/500/);
  await shell.open();
  await shell.a.choose("Verdant Grocers");
  const next = "**/api/activities?**at_lte=**";
  await page.route(next, (route) => route.fulfill({ status: 500, json: {} }));
  await shell.a.loadMore.click();

  await expect(shell.a.root.getByRole("alert")).toBeVisible();
  await expect(shell.a.articles).toHaveCount(10);
  await expect(shell.a.loadMore).toBeEnabled();

  await page.unroute(next);
  await shell.a.button("Try again").click();
  await expect(shell.a.articles).toHaveCount(20);
  await expect(shell.a.root.getByRole("alert")).toHaveCount(0);
});

test("rows that come and go by another client while paging: nothing twice, nothing skipped", async ({
  shell,
  api,
}) => {
  const account = await api.makeAccount(34);
  await shell.open();
  await shell.a.choose(account.name);
  await shell.a.loadUntil(20);
  const gone = [account.rows[3], account.rows[19], account.rows[24]].map((row) => row?.id);
  await api.makeActivity(account.id);
  await api.makeActivity(account.id);
  for (const id of gone) await api.send("DELETE", `/activities/${id}`);

  while (await shell.a.loadMore.isVisible()) {
    const before = await shell.a.articles.count();
    await shell.a.loadMore.click();
    await expect(shell.a.loadMore.or(shell.a.root.getByText(/That's everything/))).toBeEnabled();
    await expect.poll(() => shell.a.articles.count()).toBeGreaterThan(before);
  }
  const shown = (await shell.a.shownRows()).map(({ title }) => title);
  expect(new Set(shown).size).toBe(shown.length);
  const stayed = account.rows.filter(({ id }) => !gone.includes(id)).map(({ title }) => title);
  expect(shown.filter((title) => stayed.includes(title))).toEqual(stayed);

  const rows = await api.rows(account.id);
  await expect
    .poll(async () => (await shell.a.shownRows()).map(({ title }) => title))
    .toEqual(rows.map(({ title }) => title));
});
