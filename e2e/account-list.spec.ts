import { expect, test } from "./support/test.ts";

test("a list is sorted, filtered and searched by the server, kept in the URL, and follows writes without a read", async ({
  tab,
  api,
  page,
  requests,
}) => {
  const account = await api.makeAccount(1);
  await tab.openOn(account);
  const names = () =>
    tab.accounts.getByRole("button").evaluateAll((all) => all.map((each) => each.textContent));
  await tab.button("Sort and filter accounts").click();
  await tab.root.getByLabel("Sort by").selectOption("Last activity");
  await tab.root.getByLabel("Plan").selectOption("Growth");
  await expect(page).toHaveURL(/plan=Growth&sort=-lastActivityAt$/);
  await expect(tab.account("Harrow & Vale")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(tab.sync).toHaveText("Up to date");
  await expect(tab.account("Verdant Grocers")).toHaveCount(1);
  requests.clear();

  // Somebody else logs a call with one, and another gets another plan.
  await api.makeActivity("acc-10", { kind: "call", title: "Call", at: new Date().toISOString() });
  await expect.poll(async () => (await names())[0]).toMatch(/Verdant Grocers/);
  await api.send("PATCH", "/accounts/acc-02", { plan: "Enterprise" });
  await expect(tab.account("Bluepine Analytics")).toHaveCount(0);
  await api.send("PATCH", "/accounts/acc-02", { plan: "Growth" });
  await tab.togglePin(tab.articles.first());
  await expect(tab.pinnedCount).toHaveText("1");
  expect(requests.of("GET", /^GET \/accounts\?/).length).toBeLessThanOrEqual(1);
  expect(requests.of("GET", /^GET \/activities/)).toEqual([]);

  await tab.articles.first().focus();
  await page.keyboard.press("/");
  await expect(tab.filter).toBeFocused();
  await page.keyboard.type("verd");
  await page.keyboard.press("Enter");
  await expect(tab.heading("Verdant Grocers")).toBeVisible();
  await expect(tab.accounts.getByRole("button")).toHaveCount(1);
  await page.reload();
  await expect(tab.accounts.getByRole("button")).toHaveCount(1);
  await expect(tab.filter).toHaveValue("verd");
});
