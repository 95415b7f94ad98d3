import type { Locator } from "@playwright/test";
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
  const thisWeek = overview.getByRole("button", { name: /^Week of / }).last();
  await shell.a.choose(account.name);
  const name = String(await thisWeek.getAttribute("aria-label"));
  const [week = "", activities] = name.split(": ");
  const atRisk = await tile("At risk").textContent();

  reads = 0;
  await shell.a.togglePin(shell.a.articles.first());
  await api.send("PATCH", `/accounts/${account.id}`, { name: `${account.name} & Co.` });
  await expect(shell.b.account(`${account.name} & Co.`)).toBeVisible();
  expect(reads).toBe(0);

  // The week is listed by the keyboard, and follows as its number does.
  await thisWeek.focus();
  await page.keyboard.press("ArrowLeft");
  await expect(thisWeek).not.toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const inWeek = overview.getByRole("region", { name: week });
  await expect(inWeek.getByRole("heading", { name: week })).toBeFocused();
  await expect(inWeek.getByRole("listitem")).toHaveCount(Math.min(10, Number(activities)));
  const made = await api.makeActivity(account.id);
  await expect(thisWeek).toHaveAttribute("aria-label", `${week}: ${Number(activities) + 1}`);
  await expect(inWeek.getByRole("button", { name: made.title })).toBeVisible();
  await api.send("PATCH", `/accounts/${account.id}`, { status: "at risk" });
  await expect(tile("At risk")).toHaveText(String(Number(atRisk) + 1));
  expect(await axeViolations(page)).toEqual([]);
  await overview.getByRole("button", { name: /At risk/ }).click();
  await expect(shell.b.accounts.getByRole("listitem")).toHaveCount(Number(atRisk) + 1);

  // What Tab A has in view is read; what is elsewhere is listed, and leaves the list when it is looked at.
  const other = await api.makeAccount(1);
  await expect(tile("Changed since you looked")).not.toHaveText("0");
  await overview.getByRole("button", { name: /Changed since you looked/ }).click();
  await shell.b.choose(other.name);
  await expect(shell.b.account(other.name)).toHaveCount(0);

  // Back at the overview, an activity of the week leads to where it belongs.
  await page.goBack();
  await thisWeek.click();
  await inWeek.getByRole("button", { name: made.title }).click();
  await expect(shell.b.heading(`${account.name} & Co.`)).toBeVisible();
  await expect(shell.b.articles.first()).toHaveAccessibleName(made.title);
});

test("tasks of all accounts that are due are done from the overview, in step and without a read, and their numbers lead to them", async ({
  shell,
  api,
  page,
}) => {
  const account = await api.makeAccount(1);
  const inDays = (days: number) =>
    new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const makeTask = (title: string, dueDate: string) =>
    api.send("POST", "/tasks", { accountId: account.id, title, dueDate, done: false });
  let reads = 0;
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname === "/api/tasks" && request.method() === "GET") reads += 1;
  });
  await shell.open();
  const [overviewA, overviewB] = [shell.a, shell.b].map((tab) =>
    tab.root.getByRole("region", { name: "Tasks to do" }),
  );
  if (!overviewA || !overviewB) throw new Error("two panes");
  for (const overview of [overviewA, overviewB])
    await expect(overview).toHaveAttribute("aria-busy", "false");
  reads = 0;
  // The first of all that are overdue, and one that is due in a few days.
  await makeTask(`Call ${account.name}`, "2020-01-01");
  await makeTask(`Visit ${account.name}`, inDays(5));
  const call = (overview: Locator) =>
    overview.getByRole("checkbox", { name: `Call ${account.name}` });
  for (const overview of [overviewA, overviewB]) {
    await expect(call(overview)).toBeVisible();
    await expect(overview.getByText(account.name, { exact: true }).first()).toBeVisible();
  }
  await call(overviewA).click();
  await expect(call(overviewA)).toHaveCount(0);
  await expect(call(overviewB)).toHaveCount(0);
  await shell.a.button("Undo").click();
  await expect(call(overviewB)).toBeVisible();
  expect(reads).toBe(0);

  await shell.b.root.getByRole("button", { name: /Tasks overdue/ }).click();
  await expect(overviewB.getByRole("heading", { name: /^Overdue/ })).toBeFocused();
  await overviewB.getByRole("button", { name: `Call ${account.name}` }).click();
  await expect(shell.b.heading(account.name)).toBeVisible();
  await expect(
    shell.b.root.getByRole("checkbox", { name: `Visit ${account.name}`, exact: true }),
  ).toBeVisible();
});

test.describe("360 px wide", () => {
  test.use({ viewport: { width: 360, height: 740 } });
  test("a number shows what it counts, which is below the overview", async ({ tab, api }) => {
    const account = await api.makeAccount(1);
    const renewalDate = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    await api.send("PATCH", `/accounts/${account.id}`, { renewalDate });
    await tab.open();
    const overview = tab.root.getByRole("region", { name: "Overview" });
    await expect(
      overview.getByRole("region", { name: "Next renewals" }).getByText(account.name),
    ).toBeVisible();
    await overview.getByRole("button", { name: /Renewals in 60 days/ }).click();
    await expect(tab.account("Aoki Precision")).toHaveCount(0);
    await expect(tab.account(account.name)).toBeInViewport();
  });
});
