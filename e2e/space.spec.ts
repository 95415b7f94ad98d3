import type { Tab } from "./support/tab.ts";
import { expect, test } from "./support/test.ts";

/** Articles whose title and author are inside the pane. */
async function articlesInView(tab: Tab): Promise<number> {
  await tab.articles.first().waitFor();
  return tab.articles.evaluateAll(
    (articles) =>
      articles.filter((article) => {
        const parts = [...article.querySelectorAll("h3, [aria-pressed], time")];
        return parts.every((part) => part.getBoundingClientRect().bottom <= innerHeight);
      }).length,
  );
}

test("two panes on a laptop show a name, its numbers and five activities each, four panes three", async ({
  shell,
  api,
}) => {
  const account = await api.makeAccount(12);
  await shell.openOn(account.name);
  for (const tab of [shell.a, shell.b]) {
    await expect(tab.heading(account.name)).toBeInViewport();
    await expect(tab.pinnedCount).toBeInViewport();
    expect(await articlesInView(tab)).toBeGreaterThanOrEqual(5);
  }
  for (const name of ["C", "D"]) {
    await shell.button("Add tab").click();
    await shell.pane(`Tab ${name}`).choose(account.name);
  }
  for (const tab of [shell.a, shell.pane("Tab D")]) {
    await expect(tab.heading(account.name)).toBeInViewport();
    await expect(tab.pinnedCount).toBeInViewport();
    expect(await articlesInView(tab)).toBeGreaterThanOrEqual(3);
  }
});

test("the facts of an account are beside the button for more of them at every width of a pane", async ({
  tab,
}) => {
  await tab.open("?account=acc-17");
  const button = tab.button("All details");
  for (const width of [400, 480, 520, 600, 680, 760, 900, 1040]) {
    await tab.page.setViewportSize({ width, height: 700 });
    await button.waitFor();
    const covered = await button.evaluate((element, facts) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const texts = [...document.querySelectorAll(facts)].map((fact) => {
        const range = document.createRange();
        range.selectNodeContents(fact);
        return { text: fact.textContent, box: range.getBoundingClientRect() };
      });
      return texts.filter(
        ({ box }) =>
          box.width && box.right > left && box.left < right && box.bottom > top && box.top < bottom,
      );
    }, "dt, dd");
    expect(covered.map(({ text }) => text)).toEqual([]);
  }
});

test("the column of accounts is resized by keyboard and collapsed, and is so after a reload", async ({
  tab,
}) => {
  await tab.open("?account=acc-05");
  const edge = tab.root.getByRole("separator", { name: "Width of the accounts" });
  const width = async () => (await tab.accounts.boundingBox())?.width ?? 0;
  const before = await width();
  await edge.focus();
  await edge.press("ArrowRight");
  await expect.poll(width).toBe(before + 16);

  await tab.button("Hide accounts").click();
  await tab.page.reload();
  await tab.button("Show accounts").waitFor();
  await tab.choose("Bluepine Analytics");
  await tab.button("Show accounts").click();
  await expect.poll(width).toBe(before + 16);
});

test.describe("360 px wide", () => {
  test.use({ viewport: { width: 360, height: 740 } });
  test("the accounts and the chosen one are two steps", async ({ tab }) => {
    await tab.open();
    await tab.choose("Kestrel Robotics");
    await expect(tab.accounts).toBeHidden();
    await tab.button("All accounts").click();
    await expect(tab.accounts).toBeVisible();
    await expect(tab.details).toBeHidden();
    await tab.page.goBack();
    await expect(tab.heading("Kestrel Robotics")).toBeVisible();
  });
});
