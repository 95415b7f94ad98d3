import { holdRequests } from "./support/hold-requests.ts";
import { lengthenFeed } from "./support/long-feed.ts";
import type { Tab } from "./support/tab.ts";
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

test("who scrolls towards the end has the next rows loaded, a page for each approach, and no more by itself", async ({
  tab,
  page,
  api,
  requests,
  expectedErrors,
}) => {
  expectedErrors.push(/500/);
  const account = await api.makeAccount(34);
  await tab.openOn(account);
  await expect(tab.sync).toHaveText("Up to date");
  requests.clear();
  const next = () => requests.of("GET", /at_lte/).length;
  // A script that scrolls loads nothing.
  await tab.articles.last().evaluate((row) => row.scrollIntoView());
  await tab.togglePin(tab.articles.last());
  expect(next()).toBe(0);

  await tab.feed.hover();
  await page.mouse.wheel(0, 4000);
  await expect(tab.articles).toHaveCount(20);
  await page.route("**/api/activities?**at_lte=**", (route) =>
    route.fulfill({ status: 500, json: {} }),
  );
  await page.mouse.wheel(0, 4000);
  await expect(tab.root.getByRole("alert")).toBeVisible();
  const failed = next();
  // What failed is not asked for again by scrolling.
  await page.mouse.wheel(0, -300);
  await page.mouse.wheel(0, 4000);
  await tab.togglePin(tab.articles.last());
  expect(next()).toBe(failed);

  await page.unroute("**/api/activities?**at_lte=**");
  await tab.button("Try again").click();
  await expect(tab.articles).toHaveCount(30);
});

test("on a tall screen the first rows are as many as fill it", async ({
  tab,
  page,
  api,
  requests,
}) => {
  const account = await api.makeAccount(54);
  await page.setViewportSize({ width: 1440, height: 2200 });
  await tab.openOn(account);
  const roomBelow = () =>
    tab.loadMore.evaluate((end) => innerHeight - end.getBoundingClientRect().bottom);
  await expect.poll(roomBelow).toBeLessThan(330);
  await expect(tab.sync).toHaveText("Up to date");
  // And no more than that.
  const loaded = requests.of("GET", /at_lte/).length;
  expect(loaded).toBeGreaterThan(0);
  await expect(tab.articles.last()).toHaveAttribute("aria-posinset", String(10 * (loaded + 1)));
  await expect(tab.articles.nth(10 * loaded)).toBeInViewport();
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

test.describe("a feed of 5,000 rows", () => {
  /** What of the feed is in the page, as a screen reader would go through it. */
  const readFeed = (tab: Tab) =>
    tab.feed.evaluate((feed) => {
      const articles = [...feed.querySelectorAll("article")];
      return {
        nodes: feed.querySelectorAll("*").length,
        positions: articles.map((article) => Number(article.getAttribute("aria-posinset"))),
        setSizes: [...new Set(articles.map((article) => article.getAttribute("aria-setsize")))],
        titles: articles.map((article) => article.querySelector("h3")?.textContent),
      };
    });

  test("holds few of them in the page, in their order, and keeps place, focus and keys", async ({
    tab,
    api,
    page,
  }) => {
    const account = await api.makeAccount(12);
    await lengthenFeed(page, account.id, 5000);
    await tab.openOn(account);
    await tab.loadMore.click();
    await expect(tab.root.getByText(/That's everything/)).toBeFocused();
    const titles = account.rows.map(({ title }) => title);

    // The focus is at the end, and the page has scrolled there.
    await expect(tab.article("Row 4999")).toBeInViewport();
    const end = await readFeed(tab);
    expect(end.nodes).toBeLessThan(2500);
    expect(end.setSizes).toEqual(["5012"]);
    expect(end.positions).toEqual(end.positions.toSorted((a, b) => a - b));
    expect(end.positions[0]).toBe(1);

    await tab.articles.first().focus();
    await page.keyboard.press("PageDown");
    await expect(tab.article(titles[1] ?? "")).toBeFocused();
    const start = await readFeed(tab);
    expect(start.positions.slice(0, 12)).toEqual(Array.from({ length: 12 }, (_, at) => at + 1));
    expect(start.titles.slice(0, 12)).toEqual(titles);

    // Far below, the row with the focus stays, and so do its neighbours.
    const far = await tab.feed.evaluate((feed) => {
      const scroller = feed.closest("section");
      scroller?.scrollTo({ top: 200_000 });
      return scroller?.scrollTop;
    });
    expect(far).toBe(200_000);
    const isFar = (): Promise<number> =>
      readFeed(tab).then(({ positions }) => positions.at(-2) ?? 0);
    await expect.poll(isFar).toBeGreaterThan(1000);
    await expect(tab.article(titles[1] ?? "")).toBeFocused();

    // A row comes above: what is in view stays at its pixel, within the rounding of a scroll position.
    const middle = await tab.articles.evaluateAll((articles) => {
      const inView = articles.find((article) => article.getBoundingClientRect().top > 300);
      return { title: inView?.querySelector("h3")?.textContent ?? "", count: articles.length };
    });
    const before = await tab.article(middle.title).boundingBox();
    await api.makeActivity(account.id, { title: "From elsewhere" });
    await expect(tab.article("From elsewhere")).toHaveCount(1);
    const after = await tab.article(middle.title).boundingBox();
    expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThanOrEqual(1);

    await page.keyboard.press("PageDown");
    await expect(tab.article(titles[2] ?? "")).toBeFocused();
    await expect(tab.article(titles[2] ?? "")).toBeInViewport();
  });

  test("prints all that is loaded", async ({ tab, api, page }) => {
    const account = await api.makeAccount(12);
    await lengthenFeed(page, account.id, 500);
    await tab.openOn(account);
    await tab.loadMore.click();
    await expect(tab.articles.last()).toHaveAttribute("aria-posinset", "512");
    expect(await tab.articles.count()).toBeLessThan(100);
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    expect(await tab.articles.count()).toBe(512);
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    expect(await tab.articles.count()).toBeLessThan(100);
  });
});

test.describe("360 px wide", () => {
  test.use({ viewport: { width: 360, height: 640 } });

  test("a toast covers neither the row that was used nor Load more, in a window that it spans", async ({
    tab,
    api,
  }) => {
    const account = await api.makeAccount(12);
    await tab.openOn(account);
    const last = tab.articles.last();
    await tab.loadMore.scrollIntoViewIfNeeded();
    await tab.togglePin(last);
    const toast = tab.root.locator("[data-toast]");
    await expect(toast.getByText("Pinned")).toBeVisible();
    const covered = () =>
      toast.evaluate((element) => {
        const { top } = element.getBoundingClientRect();
        const parts = [...document.querySelectorAll("article:last-of-type, [data-keep-clear]")];
        return parts.filter((part) => part.getBoundingClientRect().bottom > top).length;
      });
    await expect.poll(covered).toBe(0);
    await tab.loadMore.click();
    await expect(tab.articles).toHaveCount(12);
  });
});
