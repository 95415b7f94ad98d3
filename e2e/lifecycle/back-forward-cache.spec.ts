import type { Page } from "@playwright/test";
import { askedBy, detailsOf, feedOf, sortOut } from "./asked.ts";
import { settled } from "./settled.ts";
import { expect, expectTruth, test } from "./test.ts";

/** Leaves for another page. Returns the way back, which ends in the same realm. */
async function leave({ page }: { page: Page }): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    addEventListener("pageshow", ({ persisted }) => {
      document.documentElement.dataset.persisted = String(persisted);
    });
  });
  await page.goto("about:blank");
  return async () => {
    // A page out of the cache does not load.
    await page.goBack({ waitUntil: "commit" });
    await expect(page.locator("html")).toHaveAttribute("data-persisted", "true");
  };
}

test("a page out of the back/forward cache asks once what it missed, and reads just that", async ({
  openTab,
  api,
  requests,
}) => {
  const account = await api.makeAccount(4);
  const [tab, other] = [await openTab(account), await openTab(account, "window")];
  await expect(tab.sync).toHaveText("In step");
  const back = await leave(tab);
  await other.togglePin(other.articles.nth(0));
  await api.send("PATCH", `/activities/${account.rows[1]?.id}`, { pinned: true });
  await expect(other.pinnedCount).toHaveText("2");
  requests.clear();
  await back();

  await expectTruth(tab, api, account);
  await settled([tab, other], api);
  const { questions, reads } = await askedBy(requests, tab);
  expect(reads).toContain(detailsOf(account));
  expect([detailsOf(account), feedOf(account)]).toEqual(expect.arrayContaining([...reads]));
  expect(new Set(reads).size, "each at most once").toBe(reads.length);
  expect(questions).toBe(1);
  expect(await askedBy(requests, other)).toEqual({ questions: 0, reads: [] });
});

test("a page out of the back/forward cache that missed nothing reads nothing", async ({
  openTab,
  api,
  requests,
}) => {
  const account = await api.makeAccount(2);
  const [tab, other] = [await openTab(account), await openTab(account, "window")];
  const back = await leave(tab);
  requests.clear();
  await back();
  // The channel works again, in both directions.
  await other.togglePin(other.articles.nth(0));
  await expect(tab.pin(tab.articles.nth(0))).toHaveAttribute("aria-pressed", "true");
  await tab.togglePin(tab.articles.nth(1));
  await expect(other.pinnedCount).toHaveText("2");

  await expectTruth(tab, api, account);
  await expectTruth(other, api, account);
  await settled([tab, other], api);
  const { questions, reads } = await askedBy(requests, tab);
  expect(questions).toBeLessThanOrEqual(1);
  expect(reads.filter((read) => read === feedOf(account))).toEqual([]);
});

test("a page that leaves for the back/forward cache hands the stream over", async ({
  openTab,
  api,
  streams,
}) => {
  const account = await api.makeAccount(2);
  const [tab, other] = [await openTab(account), await openTab(account, "window")];
  await expect.poll(() => streams.in(tab.page)).toBe(1);
  const back = await leave(tab);
  await expect.poll(() => streams.in(other.page)).toBe(1);
  expect(streams.standing).toBe(1);

  await api.send("PATCH", `/activities/${account.rows[0]?.id}`, { pinned: true });
  await expectTruth(other, api, account);
  await back();
  await expectTruth(tab, api, account);
  expect(streams.standing).toBe(1);
});

test("a shell out of the back/forward cache has each pane ask once, and shows what they missed", async ({
  shell,
  look,
  api,
  streams,
}) => {
  const account = await api.makeAccount(3);
  await shell.openOn(account.name);
  for (const pane of [shell.a, shell.b]) {
    await expect(pane.sync).toHaveText("In step");
    await (await pane.frame()).evaluate(() => performance.clearResourceTimings());
  }
  const back = await leave(shell);
  await expect.poll(() => streams.standing).toBe(0);
  await api.send("PATCH", `/activities/${account.rows[1]?.id}`, { pinned: true });
  await back();

  const again = await look();
  for (const pane of [again.a, again.b]) {
    await expect(pane.articles).toHaveCount(3);
    await expectTruth(pane, api, account);
    await expect(pane.sync).toHaveText("In step");
    const asked = await (await pane.frame()).evaluate(() =>
      performance
        .getEntriesByType("resource")
        .map(({ name }) => new URL(name))
        // A stream that began with nothing known, and has ended.
        .filter(({ pathname, search }) => /^\/api\/(?!changes$)/.test(pathname) || search)
        .map(({ pathname, search }) => `GET ${pathname.slice("/api".length)}${search}`),
    );
    const { questions, reads } = sortOut(asked);
    expect(questions).toBeLessThanOrEqual(1);
    expect([[], [detailsOf(account)]]).toContainEqual(reads);
  }
  await again.b.togglePin(again.b.articles.first());
  await expect(again.a.pinnedCount).toHaveText("2");
});
