import { axeViolations } from "./support/axe-violations.ts";
import { expect, test } from "./support/test.ts";

test("the overview counts, follows what moves its numbers, and is not read for a pin", async ({
  shell,
  api,
  page,
}) => {
  const account = await api.makeAccount(2);
  let reads = 0;
  page.on("request", (request) => {
    if (new URL(request.url()).pathname === "/api/overview") reads += 1;
  });
  await shell.open();
  const overview = shell.b.root.getByRole("region", { name: "Overview" });
  const tile = (label: string) =>
    overview.getByRole("listitem").filter({ hasText: label }).locator("span").first();
  const thisWeek = overview
    .getByRole("table", { name: "Activities by week" })
    .getByRole("cell")
    .last();
  await shell.a.choose(account.name);
  const [atRisk, activities] = [await tile("At risk").textContent(), await thisWeek.textContent()];

  reads = 0;
  await shell.a.togglePin(shell.a.articles.first());
  await api.send("PATCH", `/accounts/${account.id}`, { name: `${account.name} & Co.` });
  await expect(shell.b.account(`${account.name} & Co.`)).toBeVisible();
  expect(reads).toBe(0);

  await api.makeActivity(account.id);
  await expect(thisWeek).toHaveText(String(Number(activities) + 1));
  await api.send("PATCH", `/accounts/${account.id}`, { status: "at risk" });
  await expect(tile("At risk")).toHaveText(String(Number(atRisk) + 1));
  expect(await axeViolations(page)).toEqual([]);
  await overview.getByRole("button", { name: /At risk/ }).click();
  await expect(shell.b.accounts.getByRole("listitem")).toHaveCount(Number(atRisk) + 1);

  // What Tab A has in view is read; what is elsewhere leads to its account.
  const other = await api.makeAccount(1);
  await expect(tile("Changed since you looked")).not.toHaveText("0");
  await overview.getByRole("button", { name: /Changed since you looked/ }).click();
  await expect(shell.b.heading(other.name)).toBeVisible();
});
