import type { Tab } from "./support/tab.ts";
import { expect, test } from "./support/test.ts";

const filterOf = (tab: Tab) => tab.root.getByRole("search", { name: "Filter activity" });

test("rows enter and leave a filtered feed as other tabs write, and nothing is read", async ({
  shell,
  requests,
  api,
}) => {
  const account = await api.makeAccount(12);
  await shell.openOn(account.name);
  const { a, b } = shell;
  for (const at of [1, 4]) await a.togglePin(a.articles.nth(at));

  await b.details.getByRole("button", { name: "2 pinned: show them" }).click();
  await expect(b.articles).toHaveCount(2);
  await expect(b.root.getByText("That's everything", { exact: false })).toBeVisible();
  requests.clear();

  await a.togglePin(a.articles.nth(2));
  await expect(b.articles).toHaveCount(3);
  const titles = account.rows.map(({ title }) => title);
  expect((await b.shownRows()).map(({ title }) => title)).toEqual(
    [1, 2, 4].map((at) => titles[at]),
  );
  await a.togglePin(a.articles.nth(1));
  await expect(b.articles).toHaveCount(2);
  await expect(a.articles).toHaveCount(10);

  // Its own write takes the row out at once, before any answer.
  await b.togglePin(b.articles.nth(0));
  await expect(b.articles).toHaveCount(1);
  await expect(a.pinnedCount).toHaveText("1");
  expect(requests.of("GET")).toEqual([]);
});

test("a filter is in the URL: reloaded, stepped back from, and cleared", async ({ tab, api }) => {
  const account = await api.makeAccount(3);
  await api.makeActivity(account.id, { kind: "call", title: "Call about Größe" });
  await tab.openOn(account);
  await expect(tab.articles).toHaveCount(4);

  await tab.button("Filter activity").click();
  const filter = filterOf(tab);
  await filter.getByRole("button", { name: "Call" }).click();
  await expect(tab.articles).toHaveCount(1);
  await filter.getByRole("searchbox").fill("größe");
  await expect(tab.page).toHaveURL(/kind=call&find=gr%C3%B6%C3%9Fe$/);
  await expect(tab.articles).toHaveCount(1);

  await tab.page.reload();
  await expect(tab.articles).toHaveCount(1);
  await expect(filter.getByRole("searchbox")).toHaveValue("größe");
  await filter.getByRole("button", { name: "Note" }).click();
  await filter.getByRole("button", { name: "Call" }).click();
  await expect(tab.root.getByText("Nothing matches")).toBeVisible();
  await tab.page.goBack();
  await tab.page.goBack();
  await expect(tab.articles).toHaveCount(1);

  // A new note is seen, whether it passes or not.
  await tab.root.getByRole("textbox", { name: "Note" }).fill("Fresh");
  await tab.button("Add note").click();
  await expect(tab.articles).toHaveCount(5);
  await expect(tab.page).not.toHaveURL(/kind|find/);
  await expect.poll(async () => (await api.rows(account.id)).length).toBe(5);
});
