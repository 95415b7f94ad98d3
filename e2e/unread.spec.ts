import { StandaloneTab } from "./support/standalone-tab.ts";
import { expect, test } from "./support/test.ts";

test("what others changed is marked in all tabs until one opens it, counted in the title, and read by nobody for that", async ({
  tab,
  api,
  server,
  requests,
}) => {
  const [account, other] = [await api.makeAccount(2), await api.makeAccount(2)];
  await tab.openOn(other);
  const second = new StandaloneTab(await tab.page.context().newPage(), server);
  await second.openOn(other);
  for (const { page } of [tab, second]) await expect(page).toHaveTitle(`${other.name} · Tandem`);
  // Tasks come after the title, in a part of their own.
  await expect.poll(() => requests.of("GET", /tasks/).length).toBe(2);

  requests.clear();
  const { title } = await api.makeActivity(account.id);
  // Out of view the title says so too.
  for (const { page } of [tab, second])
    await expect(page).toHaveTitle(`(1) ${other.name} · Tandem`);
  await expect(second.account(account.name)).toHaveAccessibleName(/Changed since you last looked/);
  expect(requests.of("GET")).toEqual([]);
  await tab.page.bringToFront();
  await tab.togglePin(tab.articles.first());
  await tab.page.reload();
  await tab.articles.first().waitFor();
  await expect(tab.page).toHaveTitle(`(1) ${other.name} · Tandem`);

  await tab.choose(account.name);
  await expect(tab.article(title).getByText("New", { exact: true })).toBeVisible();
  await expect(tab.articles.getByText("New", { exact: true })).toHaveCount(1);
  for (const { page } of [tab, second]) await expect(page).not.toHaveTitle(/^\(/);
  await expect(second.account(account.name)).not.toHaveAccessibleName(/Changed/);
});
