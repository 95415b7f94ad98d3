import { holdRequests, isWrite } from "./support/hold-requests.ts";
import { expect, expectTruth, test } from "./support/test.ts";

test("a pin is shown before the server has it, and stays", async ({ tab, api, page }) => {
  const account = await api.makeAccount(3);
  await tab.openOn(account);
  const held = await holdRequests(page, isWrite);
  const pin = tab.pin(tab.articles.nth(1));
  await pin.click();

  await expect(pin).toHaveAttribute("aria-pressed", "true");
  await held.arrived(1);
  expect((await api.account(account.id)).pinnedCount).toBe(0);

  await held.pass(0);
  await expect(tab.pinnedCount).toHaveText("1");
  await expect(pin).toHaveAttribute("aria-pressed", "true");
  await expectTruth(tab, api, account);
});

test("a pin that the server refuses is rolled back with a message, and can be tried again", async ({
  shell,
  api,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/503/);
  const account = await api.makeAccount(3);
  await shell.openOn(account.name);
  await api.faults({ failNextWrites: 1 });
  const held = await holdRequests(page, isWrite);
  const title = account.rows[0]?.title ?? "";
  const pin = shell.a.pin(shell.a.article(title));
  await pin.click();
  await held.arrived(1);
  await expect(pin).toHaveAttribute("aria-pressed", "true");
  await held.pass(0);

  await expect(shell.a.root.getByText(`Couldn't pin “${title}”`)).toBeVisible();
  await expect(pin).toHaveAttribute("aria-pressed", "false");
  await expectTruth(shell.a, api, account);

  await shell.a.button("Try again").click();
  await held.arrived(2);
  await held.pass(1);
  await expect(pin).toHaveAttribute("aria-pressed", "true");
  await expect(shell.a.pinnedCount).toHaveText("1");
  await expect(shell.a.button("Try again")).toHaveCount(0);
  await expectTruth(shell.a, api, account);
  await expectTruth(shell.b, api, account);
});

test("a rollback takes back its own pin, and no later one", async ({
  tab,
  api,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/503/);
  const account = await api.makeAccount(3);
  await tab.openOn(account);
  const held = await holdRequests(page, isWrite);
  const [first, second] = [tab.articles.nth(0), tab.articles.nth(1)].map((article) =>
    tab.pin(article),
  );
  if (!first || !second) throw new Error("There are two rows");
  await first.click();
  await second.click();
  await held.arrived(2);
  await held.refuse(0);

  await expect(first).toHaveAttribute("aria-pressed", "false");
  await expect(second).toHaveAttribute("aria-pressed", "true");

  await held.pass(1);
  await expect(tab.pinnedCount).toHaveText("1");
  await expectTruth(tab, api, account);
});

test("a pin whose answer is lost ends as the server has it", async ({
  shell,
  api,
  expectedErrors,
}) => {
  expectedErrors.push(/Failed to load resource/);
  const account = await api.makeAccount(3);
  await shell.openOn(account.name);
  await api.faults({ loseNextAnswers: 1 });
  await shell.a.pin(shell.a.articles.first()).click();

  await expect.poll(async () => (await api.account(account.id)).pinnedCount).toBe(1);
  await expectTruth(shell.a, api, account);
  await expectTruth(shell.b, api, account);
});

test("an unconfirmed pin is never shown in the other tab, nor its rollback", async ({
  shell,
  api,
  page,
  requests,
  expectedErrors,
}) => {
  expectedErrors.push(/503/);
  const account = await api.makeAccount(3);
  await shell.openOn(account.name);
  const held = await holdRequests(page, isWrite);
  await expect(shell.b.chosen).toBeVisible();
  const channel = await shell.b.listen();
  const mutations = await shell.b.watchDom();
  requests.clear();
  const [first, second] = [shell.a.articles.nth(0), shell.a.articles.nth(1)];
  await shell.a.pin(first).click();
  await held.arrived(1);
  await held.refuse(0);
  await expect(shell.a.pin(first)).toHaveAttribute("aria-pressed", "false");
  expect((await channel.messages()).filter((said) => said.includes("changes"))).toEqual([]);
  expect(await mutations()).toEqual([]);
  expect(await requests.by(shell.b)).toEqual([]);

  await shell.a.pin(second).click();
  await held.arrived(2);
  await held.pass(1);
  await expect(shell.b.pinnedCount).toHaveText("1");
  await expectTruth(shell.b, api, account);
});

test("two presses in a row end as the second, in both tabs", async ({ shell, api, page }) => {
  const account = await api.makeAccount(3);
  await shell.openOn(account.name);
  const held = await holdRequests(page, isWrite);
  const pin = shell.a.pin(shell.a.articles.first());
  await pin.click();
  await held.arrived(1);
  await pin.click();
  await expect(pin).toHaveAttribute("aria-pressed", "false");
  await held.pass(0);
  await held.arrived(2);
  await expect(pin).toHaveAttribute("aria-pressed", "false");
  await held.pass(1);

  await expect(shell.a.sync).toHaveText("Up to date");
  await expectTruth(shell.a, api, account);
  await expectTruth(shell.b, api, account);
});
