import type { Page } from "@playwright/test";
import { expect, expectTruth, test } from "./test.ts";
import { detailsOf, feedOf, sortTraffic, trafficOf } from "./traffic.ts";
import { untilQuiet } from "./until-quiet.ts";

/** Leaves for another page. Returns a function that goes back, to the same realm. */
async function leave({ page }: { page: Page }): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    addEventListener("pageshow", ({ persisted }) => {
      document.documentElement.dataset.persisted = String(persisted);
    });
  });
  await page.goto("about:blank");
  return async () => {
    // A page restored from the cache fires no load event.
    await page.goBack({ waitUntil: "commit" });
    await expect(page.locator("html")).toHaveAttribute("data-persisted", "true");
  };
}

test("a page restored from the back/forward cache catches up once, and reads only what it missed", async ({
  openTab,
  api,
  requests,
}) => {
  const account = await api.makeAccount(4);
  const [tab, other] = [await openTab(account), await openTab(account, "window")];
  await expect(tab.sync).toHaveText("Up to date");
  const back = await leave(tab);
  await other.togglePin(other.articles.nth(0));
  await api.send("PATCH", `/activities/${account.rows[1]?.id}`, { pinned: true });
  await expect(other.pinnedCount).toHaveText("2");
  requests.clear();
  await back();

  await expectTruth(tab, api, account);
  await untilQuiet([tab, other], api);
  const { catchUps, reads } = await trafficOf(requests, tab);
  expect([detailsOf(account), feedOf(account)]).toEqual(expect.arrayContaining([...reads]));
  expect(new Set(reads).size, "each at most once").toBe(reads.length);
  expect(catchUps).toBe(1);
  expect(await trafficOf(requests, other)).toEqual({ catchUps: 0, reads: [] });
});

test("a page restored from the back/forward cache that missed nothing reads nothing", async ({
  openTab,
  api,
  requests,
}) => {
  const account = await api.makeAccount(2);
  const [tab, other] = [await openTab(account), await openTab(account, "window")];
  const back = await leave(tab);
  requests.clear();
  await back();
  // The channel works in both directions again.
  await other.togglePin(other.articles.nth(0));
  await expect(tab.pin(tab.articles.nth(0))).toHaveAttribute("aria-pressed", "true");
  await tab.togglePin(tab.articles.nth(1));
  await expect(other.pinnedCount).toHaveText("2");

  await expectTruth(tab, api, account);
  await expectTruth(other, api, account);
  await untilQuiet([tab, other], api);
  const { catchUps, reads } = await trafficOf(requests, tab);
  expect(catchUps).toBeLessThanOrEqual(1);
  expect(reads.filter((read) => read === feedOf(account))).toEqual([]);
});

test("a page that enters the back/forward cache hands over the change stream", async ({
  openTab,
  api,
  streams,
}) => {
  const account = await api.makeAccount(2);
  const [tab, other] = [await openTab(account), await openTab(account, "window")];
  await expect.poll(() => streams.in(tab.page)).toBe(1);
  const back = await leave(tab);
  await expect.poll(() => streams.in(other.page)).toBe(1);
  expect(streams.open).toBe(1);

  await api.send("PATCH", `/activities/${account.rows[0]?.id}`, { pinned: true });
  await expectTruth(other, api, account);
  await back();
  await expectTruth(tab, api, account);
  expect(streams.open).toBe(1);
});

test("each pane of a shell restored from the back/forward cache catches up once, and shows what it missed", async ({
  shell,
  look,
  api,
  streams,
}) => {
  const account = await api.makeAccount(3);
  await shell.openOn(account.name);
  for (const pane of [shell.a, shell.b]) {
    await expect(pane.sync).toHaveText("Up to date");
    const frame = await pane.frame();
    // Its code comes later than the rest.
    await frame.waitForFunction(() =>
      performance.getEntriesByType("resource").some(({ name }) => /\/tasks\?/.test(name)),
    );
    await frame.evaluate(() => {
      performance.clearResourceTimings();
      // A minute passes meanwhile: what is held is old by then, and the catch-up alone brings it up to date.
      const now = Date.now;
      Date.now = () => now() + 60_000;
    });
  }
  const back = await leave(shell);
  await expect.poll(() => streams.open).toBe(0);
  await api.send("PATCH", `/activities/${account.rows[1]?.id}`, { pinned: true });
  await back();

  const again = await look();
  for (const pane of [again.a, again.b]) {
    await expect(pane.articles).toHaveCount(3);
    await expectTruth(pane, api, account);
    await expect(pane.sync).toHaveText("Up to date");
    const asked = await (await pane.frame()).evaluate(() =>
      performance
        .getEntriesByType("resource")
        .map(({ name }) => new URL(name))
        // Not a change stream without a position, which has ended, nor a report of who is there.
        .filter(
          ({ pathname, search }) => /^\/api\/(?!(changes|presence)$)/.test(pathname) || search,
        )
        .map(({ pathname, search }) => `GET ${pathname.slice("/api".length)}${search}`),
    );
    const { catchUps, reads } = sortTraffic(asked);
    expect(catchUps).toBeLessThanOrEqual(1);
    expect([[], [detailsOf(account)]]).toContainEqual(reads);
  }
  await again.b.togglePin(again.b.articles.first());
  await expect(again.a.pinnedCount).toHaveText("2");
});

test("a page that is left with an unsent write, which another tab adopts, is loaded again and does not send it twice", async ({
  context,
  openTab,
  api,
  requests,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_(FAILED|INTERNET_DISCONNECTED)/);
  const account = await api.makeAccount(2);
  const [tab, other] = [await openTab(account), await openTab(account, "window")];
  await expect(other.sync).toHaveText("Up to date");
  const { page } = tab;
  await page.route(/\/activities\//, (route) => route.abort());
  await tab.pin(tab.articles.nth(1)).click();
  await expect(tab.pin(tab.articles.nth(1))).toHaveAttribute("aria-pressed", "true");
  await page.evaluate(() => {
    document.documentElement.dataset.realm = "left";
  });
  await page.goto("about:blank");
  await page.unrouteAll();
  requests.clear();
  // Back online, a tab looks for what closed ones have left.
  await context.setOffline(true);
  await expect(other.sync).toHaveText("Offline");
  await context.setOffline(false);
  await expect
    .poll(async () => (await api.account(account.id)).pinnedCount, { timeout: 40_000 })
    .toBe(1);

  await page.goBack();
  await expect(tab.sync).toHaveText("Up to date");
  await expect(page.locator("html")).not.toHaveAttribute("data-realm");
  await expectTruth(tab, api, account);
  await expectTruth(other, api, account);
  expect(requests.of("PATCH")).toHaveLength(1);
});
