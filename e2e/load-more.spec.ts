import { holdRequests } from "./support/hold-requests.ts";
import { expect, test } from "./support/test.ts";

test("each press appends the next rows, newest first, until the end", async ({
  tab,
  api,
  requests,
}) => {
  const account = await api.makeAccount(24);
  await tab.openOn(account);
  const titles = account.rows.map(({ title }) => title);
  const shown = async () => (await tab.shownRows()).map(({ title }) => title);
  expect(await shown()).toEqual(titles.slice(0, 10));
  requests.clear();

  await tab.loadMore.click();
  await expect(tab.articles).toHaveCount(20);
  expect(await shown()).toEqual(titles.slice(0, 20));

  await tab.loadMore.click();
  await expect(tab.articles).toHaveCount(24);
  expect(await shown()).toEqual(titles);
  await expect(tab.loadMore).toHaveCount(0);
  expect(requests.of("GET", /^GET \/activities/)).toHaveLength(2);
  expect(requests.all).toHaveLength(2);
});

test("rows of the same instant are neither lost nor doubled between pages", async ({
  tab,
  api,
}) => {
  const account = await api.makeAccount(5);
  const at = "2026-01-01T00:00:00.000Z";
  await Promise.all(Array.from({ length: 28 }, () => api.makeActivity(account.id, { at })));
  await tab.open();
  await tab.choose(account.name);
  await tab.loadUntil(33);

  const rows = await api.rows(account.id);
  expect((await tab.shownRows()).map(({ title }) => title)).toEqual(rows.map(({ title }) => title));
});

test("Load more is disabled while a page is loading", async ({ tab, page }) => {
  await tab.open();
  await tab.choose("Verdant Grocers");
  const held = await holdRequests(page, (request) => request.url().includes("at_lte"));
  await tab.loadMore.click();
  await held.arrived(1);

  await expect(tab.loadMore).toBeDisabled();
  await expect(tab.feed).toHaveAttribute("aria-busy", "true");
  await expect(tab.articles).toHaveCount(10);

  await held.pass(0);
  await expect(tab.articles).toHaveCount(20);
  await expect(tab.loadMore).toBeEnabled();
  await expect(tab.feed).toHaveAttribute("aria-busy", "false");
});

test("an account with no activity says so", async ({ tab }) => {
  await tab.open();
  await tab.account("Orchard Lane Homes").click();

  await expect(tab.root.getByText("No activity yet")).toBeVisible();
  await expect(tab.articles).toHaveCount(0);
  await expect(tab.loadMore).toHaveCount(0);
});

test("a page that fails to load keeps the rows before it, and can be tried again", async ({
  tab,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/500/);
  await tab.open();
  await tab.choose("Verdant Grocers");
  const next = "**/api/activities?**at_lte=**";
  await page.route(next, (route) => route.fulfill({ status: 500, json: {} }));
  await tab.loadMore.click();

  await expect(tab.root.getByRole("alert")).toBeVisible();
  await expect(tab.articles).toHaveCount(10);
  await expect(tab.loadMore).toBeEnabled();

  await page.unroute(next);
  await tab.button("Try again").click();
  await expect(tab.articles).toHaveCount(20);
  await expect(tab.root.getByRole("alert")).toHaveCount(0);
});

test("rows that another client adds and deletes while paging: nothing twice, nothing skipped", async ({
  tab,
  api,
}) => {
  const account = await api.makeAccount(34);
  await tab.open();
  await tab.choose(account.name);
  await tab.loadUntil(20);
  const gone = [account.rows[3], account.rows[19], account.rows[24]].map((row) => row?.id);
  await api.makeActivity(account.id);
  await api.makeActivity(account.id);
  for (const id of gone) await api.send("DELETE", `/activities/${id}`);

  while (await tab.loadMore.isVisible()) {
    const before = await tab.articles.count();
    await tab.loadMore.click();
    await expect(tab.loadMore.or(tab.root.getByText(/That's everything/))).toBeEnabled();
    await expect.poll(() => tab.articles.count()).toBeGreaterThan(before);
  }
  const shown = (await tab.shownRows()).map(({ title }) => title);
  expect(new Set(shown).size).toBe(shown.length);
  const stayed = account.rows.filter(({ id }) => !gone.includes(id)).map(({ title }) => title);
  expect(shown.filter((title) => stayed.includes(title))).toEqual(stayed);

  const rows = await api.rows(account.id);
  await expect
    .poll(async () => (await tab.shownRows()).map(({ title }) => title))
    .toEqual(rows.map(({ title }) => title));
});
