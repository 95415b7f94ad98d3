import type { Tab } from "./support/tab.ts";
import { expect, test } from "./support/test.ts";

test("on the first start both panes show one account and say what to try, once", async ({
  shell,
  page,
  server,
}) => {
  const { a, b } = shell;
  const prompt = ({ root }: Tab) => root.getByRole("note").filter({ hasText: "Pin this" });
  await page.goto(server.shellUrl);
  await a.articles.first().waitFor();
  await b.articles.first().waitFor();
  const name = await a.details.getByRole("heading", { level: 3 }).textContent();
  await expect(b.heading(name ?? "")).toBeVisible();
  await expect(prompt(a)).toHaveText("Pin this, and watch Tab B");
  await expect(prompt(b)).toHaveCount(0);

  const before = Number(await b.pinnedCount.textContent());
  await a.togglePin(a.articles.first());
  await expect.poll(async () => Number(await b.pinnedCount.textContent())).not.toBe(before);
  for (const tab of [a, b]) await expect(prompt(tab)).toHaveCount(0);
  await a.togglePin(a.articles.first());
  await expect(b.pinnedCount).toHaveText(String(before));

  await page.goto(server.shellUrl);
  for (const tab of [a, b])
    await expect(tab.root.getByRole("heading", { name: "Overview" })).toBeVisible();
  for (const tab of [a, b]) await expect(prompt(tab)).toHaveCount(0);
});
