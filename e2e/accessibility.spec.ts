import type { Locator } from "@playwright/test";
import { axeViolations, expectNoViolations } from "./support/axe-violations.ts";
import { expectColorScheme } from "./support/color-scheme.ts";
import { expect, test } from "./support/test.ts";

test("errors in every part: axe finds nothing, light or dark", async ({
  shell,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/500/);
  await page.route("**/api/ac**", (route) => route.fulfill({ status: 500, json: {} }));
  await shell.open(`?tabs=A&A=${encodeURIComponent("/?account=acc-05")}`);
  await expect(shell.a.button("Try again")).toHaveCount(3);
  await expectNoViolations(page);
});

test("a standalone tab: axe finds nothing", async ({ tab, page }) => {
  await tab.openOn({ id: "acc-05" });
  expect(await axeViolations(page)).toEqual([]);
});

test.describe("360 px wide", () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test("axe finds nothing, and nothing scrolls sideways", async ({ shell, page }) => {
    await shell.openOn("Kestrel Robotics");
    expect(await axeViolations(page)).toEqual([]);
    for (const frame of page.frames()) {
      const beyond = await frame.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(beyond, frame.url()).toBe(0);
    }
  });
});

test("the theme menu turns the shell and every pane dark, and axe finds nothing", async ({
  shell,
  page,
}) => {
  await shell.openOn("Kestrel Robotics");
  await shell.button("Theme").click();
  // The menu only: Base UI puts focus guards around it, hidden and focusable on purpose.
  expect(await axeViolations(page, { part: '[role="menu"]' })).toEqual([]);
  await page.getByRole("menuitem", { name: "Dark" }).click();
  await expectColorScheme(page, "dark");
  await expect(page.getByRole("menu")).toHaveCount(0);
  expect(await axeViolations(page)).toEqual([]);
});

test("with the keyboard alone: choose an account, pin, hide a panel, add a tab", async ({
  shell,
  page,
  api,
}) => {
  const account = await api.makeAccount(3);
  await shell.open();
  await shell.a.account(account.name).waitFor();
  // The list is one stop, however long it is.
  await expect(shell.b.accounts.locator('button[tabindex="0"]')).toHaveCount(1);
  await shell.a.filter.focus();
  await page.keyboard.type(account.name.slice(-8));
  await page.keyboard.press("ArrowDown");
  await expect(shell.a.account(account.name)).toBeFocused();
  await page.keyboard.press("Enter");
  await shell.a.heading(account.name).waitFor();

  for (const stop of [
    shell.a.root.getByRole("separator", { name: "Width of the accounts" }),
    shell.a.button("Hide details"),
    shell.a.button("Tasks"),
    shell.a.button("Edit"),
    shell.a.button("All details"),
    shell.a.button("Filter activity"),
    shell.a.button("Hide activity"),
    shell.a.root.getByRole("textbox", { name: "Note" }),
    shell.a.root.getByRole("radio", { name: "Note" }),
    shell.a.button("When: now. Choose another time"),
    shell.a.button("Add note"),
    shell.a.articles.first(),
  ]) {
    await page.keyboard.press("Tab");
    await expect(stop).toBeFocused();
  }
  await page.keyboard.press("PageDown");
  await expect(shell.a.articles.nth(1)).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(shell.a.pin(shell.a.articles.nth(1))).toBeFocused();
  await page.keyboard.press("Space");
  await expect(shell.a.pinnedCount).toHaveText("1");

  await shell.a.button("Hide activity").focus();
  await page.keyboard.press("Enter");
  await expect(shell.a.button("Show activity")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(shell.a.button("Hide activity")).toBeFocused();

  await page.keyboard.press("Alt+KeyT");
  await expect(shell.frame("Tab C")).toBeVisible();
  await shell.button("Add tab").focus();
  await page.keyboard.press("Enter");
  await expect(shell.frame("Tab D")).toBeVisible();
});

test("the keyboard reaches every button of the shell, in order", async ({ shell, page }) => {
  await shell.open();
  await shell.a.account("Northgate Logistics").waitFor();
  for (const name of ["Go to Tab A", "Go to Tab B"]) {
    await page.keyboard.press("Tab");
    await expect(shell.button(name)).toBeFocused();
  }
  await page.keyboard.press("Enter");
  await expect(shell.frame("Tab B")).toBeFocused();
  const ring = (title: string) =>
    page
      .getByRole("region", { name: `Pane ${title}` })
      .evaluate((pane) => getComputedStyle(pane).borderTopColor);
  await expect.poll(async () => (await ring("Tab B")) !== (await ring("Tab A"))).toBe(true);
  await shell.button("Go to Tab B").focus();
  for (const name of [
    "Add tab",
    "Choose what to add",
    "Side by side",
    "Stacked",
    "Focus one",
    "Developer",
    "Theme",
    "Inspector",
  ]) {
    await page.keyboard.press("Tab");
    await expect(shell.button(name)).toBeFocused();
  }
  for (const name of [
    "Hide Tab A",
    "Reload Tab A",
    "Open Tab A in a browser tab",
    "More for Tab A",
    "Close Tab A",
  ]) {
    await page.keyboard.press("Tab");
    await expect(shell.button(name)).toBeFocused();
  }
});

test("in forced colors, what is chosen and pressed differs from what is not, and the status has its dot", async ({
  shell,
  page,
}) => {
  await page.emulateMedia({ forcedColors: "active" });
  await shell.open();
  await shell.a.choose("Northgate Logistics");
  const background = (of: Locator) => of.evaluate((each) => getComputedStyle(each).backgroundColor);
  expect(await background(shell.a.account("Northgate Logistics"))).not.toBe(
    await background(shell.a.account("Kestrel Robotics")),
  );
  expect(await background(shell.button("Side by side"))).not.toBe(
    await background(shell.button("Stacked")),
  );
  const status = shell.a.root.getByRole("button", { name: "Up to date" });
  await status.waitFor();
  expect(await background(status.locator("[data-tone]").first())).not.toBe(
    await background(status),
  );
});

test("Load more keeps the keyboard focus, and on the last page moves it to the end of the feed", async ({
  tab,
  api,
  page,
}) => {
  const account = await api.makeAccount(22);
  await tab.open();
  await tab.choose(account.name);
  await tab.loadMore.focus();
  await page.keyboard.press("Enter");
  await expect(tab.articles).toHaveCount(20);
  await expect(tab.loadMore).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(tab.articles).toHaveCount(22);
  await expect(tab.root.getByText(/That's everything/)).toBeFocused();
});
