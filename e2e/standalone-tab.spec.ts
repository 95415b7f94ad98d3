import type { Page } from "@playwright/test";
import { axeViolations } from "./support/axe-violations.ts";
import { Tab } from "./support/tab.ts";
import { expect, expectTruth, test } from "./support/test.ts";

async function openAlone(page: Page, paneUrl: string, accountId: string): Promise<Tab> {
  const alone = await page.context().newPage();
  await alone.goto(`${paneUrl}?account=${accountId}`);
  const tab = new Tab(alone);
  await tab.articles.first().waitFor();
  return tab;
}

test("a pin in a standalone tab reaches both panes, and theirs reach it; its own inspector says how", async ({
  shell,
  server,
  api,
  requests,
}) => {
  const account = await api.makeAccount(3);
  await shell.openOn(account.name);
  const alone = await openAlone(shell.page, server.paneUrl, account.id);
  const [first, second, third] = account.rows.map(({ title }) => title);
  requests.clear();

  await alone.pin(alone.article(first ?? "")).click();
  for (const pane of [shell.a, shell.b]) {
    await expect(pane.pin(pane.article(first ?? ""))).toHaveAttribute("aria-pressed", "true");
    await expect(pane.pinnedCount).toHaveText("1");
  }
  for (const [pane, title] of [
    [shell.a, second],
    [shell.b, third],
  ] as const) {
    await pane.togglePin(pane.article(title ?? ""));
    await expect(alone.pin(alone.article(title ?? ""))).toHaveAttribute("aria-pressed", "true");
  }
  await expect(alone.pinnedCount).toHaveText("3");
  await expectTruth(alone, api, account);
  expect(requests.of("PATCH")).toHaveLength(3);
  expect(requests.of("GET", /activities/)).toEqual([]);

  const page = alone.pin(alone.articles.first()).page();
  await page.bringToFront();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("inspector");
  await page.getByRole("option", { name: "Inspector" }).click();
  const inspector = page.getByRole("region", { name: "Inspector" });
  await expect(
    inspector.getByRole("list").getByText("heard it on the channel").first(),
  ).toBeVisible();
  expect(await axeViolations(page, { part: ["section[aria-label=Inspector]"] })).toEqual([]);
  await inspector.getByRole("button", { name: "Close" }).click();
  await expect(inspector).toHaveCount(0);
});

test("a standalone tab has a history of its own: Back returns to the previous account", async ({
  page,
  server,
}) => {
  await page.goto(server.paneUrl);
  const tab = new Tab(page);
  await tab.choose("Kestrel Robotics");
  await expect(page).toHaveURL(/account=acc-05/);
  await tab.choose("Skylark Aviation");

  await page.goBack();
  await expect(tab.heading("Kestrel Robotics")).toBeVisible();
  await page.reload();
  await expect(tab.heading("Kestrel Robotics")).toBeVisible();
});
