import { expect, test } from "./support/test.ts";

test("a feed comes back to where it was left: on choosing its account again, by Back with the focus, and after a reload", async ({
  tab,
  api,
  page,
}) => {
  const [account, other] = [await api.makeAccount(25), await api.makeAccount(2)];
  await tab.openOn(account);
  await tab.loadUntil(25);
  const row = tab.article(account.rows[16]?.title ?? "");
  await row.focus();
  await row.evaluate((article) => article.scrollIntoView({ block: "center" }));
  const top = () => row.evaluate((article) => Math.round(article.getBoundingClientRect().top));
  const before = await top();
  const isBack = () => expect.poll(async () => Math.abs((await top()) - before)).toBeLessThan(4);
  // Not `toBeFocused`: whether the window itself has the focus after a reload is up to the browser.
  const isActive = () =>
    expect.poll(() => row.evaluate((article) => article === document.activeElement)).toBe(true);
  await tab.choose(other.name);
  await expect(tab.article(other.rows[0]?.title ?? "")).toBeInViewport();
  await tab.choose(account.name);
  await isBack();
  await page.goBack();
  await tab.heading(other.name).waitFor();
  await page.goBack();
  await isBack();
  await isActive();
  await page.reload();
  await isBack();
  await isActive();
});
