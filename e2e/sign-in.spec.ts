import type { Locator } from "@playwright/test";
import type { User } from "#contract/rows.ts";
import { addNote, noteField } from "./support/notes.ts";
import { accountsRead } from "./support/requests.ts";
import { storedText } from "./support/stored-text.ts";
import { Tab } from "./support/tab.ts";
import { expect, expectTruth, test } from "./support/test.ts";

const signedOut = (tab: Tab): Locator =>
  tab.root.getByRole("heading", { name: "You are signed out" });
const workingAs = (tab: Tab, name = ""): Locator =>
  tab.root.getByRole("button", { name: new RegExp(`^Working as ${name}`) });

async function signIn(tab: Tab, name: string): Promise<void> {
  await tab.button("Sign in").click();
  await tab.root.getByRole("menuitem", { name }).click();
  await expect(workingAs(tab, name)).toBeVisible();
}

async function choose(tab: Tab, item: string): Promise<void> {
  await workingAs(tab).click();
  await tab.root.getByRole("menuitem", { name: item }).click();
}

test("a sign-in in one tab applies to all, and its user is the author of what they write", async ({
  shell,
  api,
}) => {
  const account = await api.makeAccount(2);
  await shell.openOn(account.name);
  await signIn(shell.a, "Priya Raman");
  await expect(workingAs(shell.b, "Priya Raman")).toBeVisible();
  await shell.page.reload();
  await expect(workingAs(shell.a, "Priya Raman")).toBeVisible();

  await addNote(shell.b, "Spoke to their new buyer");
  const article = shell.a.article("Spoke to their new buyer");
  await expect(article).toContainText("Priya Raman");
  const [row] = await api.rows(account.id, 1);
  expect(row).toMatchObject({ title: "Spoke to their new buyer", authorId: "usr-3" });
});

test("a sign-out clears every tab, on screen and in storage", async ({
  shell,
  server,
  api,
  requests,
}) => {
  const account = await api.makeAccount(3);
  await shell.openOn(account.name);
  await signIn(shell.a, "Maya Lindqvist");
  const page = await shell.page.context().newPage();
  await page.goto(`${server.paneUrl}?account=${account.id}`);
  const tabs = [shell.a, shell.b, new Tab(page)];
  for (const tab of tabs) await tab.articles.first().waitFor();
  await expect.poll(() => storedText(page)).toContain(account.name);
  requests.clear();

  await choose(shell.a, "Sign out");
  for (const tab of tabs) {
    await expect(signedOut(tab)).toBeVisible();
    await expect(tab.root.getByRole("button", { name: /^Tomás Herrera/ })).toBeVisible();
    const frame = await tab.frame();
    for (const secret of [account.name, account.rows[0]?.title ?? ""]) {
      expect(await frame.content()).not.toContain(secret);
      expect(await storedText(frame)).not.toContain(secret);
    }
  }
  // The list of users to choose from.
  expect([...new Set(requests.all)]).toEqual(["GET /users"]);
});

test("another user starts without data of the one before, at the same place", async ({
  shell,
  api,
  requests,
}) => {
  const account = await api.makeAccount(3);
  await shell.openOn(account.name);
  await signIn(shell.a, "Maya Lindqvist");
  for (const tab of [shell.a, shell.b]) await tab.articles.first().waitFor();
  const loaded = await shell.b.timeOrigin();
  requests.clear();

  await choose(shell.a, "Switch to Ben Sato");
  for (const tab of [shell.a, shell.b]) {
    await expect(workingAs(tab, "Ben Sato")).toBeVisible();
    await expectTruth(tab, api, account);
    await expect(tab.sync).toHaveText("Up to date");
    expect((await requests.by(tab)).filter((each) => !each.includes("/changes")).sort()).toEqual([
      `GET /accounts/${account.id}`,
      accountsRead,
      `GET /activities?accountId=${account.id}&_limit=10`,
      "GET /users",
    ]);
  }
  expect(await shell.b.timeOrigin()).toBe(loaded);
  await shell.a.togglePin(shell.a.articles.first());
  await expectTruth(shell.b, api, account);
});

test("a sign-out that would lose unsent work asks first, and discards it only when confirmed", async ({
  shell,
  api,
  requests,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/);
  const account = await api.makeAccount(3);
  await shell.openOn(account.name);
  await signIn(shell.a, "Maya Lindqvist");
  for (const tab of [shell.a, shell.b]) await tab.articles.first().waitFor();
  await shell.page.context().setOffline(true);
  await shell.a.pin(shell.a.articles.first()).click();
  await noteField(shell.b).fill("half a no");

  const question = shell.a.root.getByRole("alertdialog", {
    name: "Sign out and lose 1 unsent change and 1 draft?",
  });
  await choose(shell.a, "Sign out");
  await expect(question.getByRole("button", { name: "Keep working" })).toBeFocused();
  await shell.page.keyboard.press("Enter");
  await expect(question).toBeHidden();
  await expect(shell.a.pin(shell.a.articles.first())).toHaveAttribute("aria-pressed", "true");
  await expect(noteField(shell.b)).toHaveValue("half a no");

  await choose(shell.a, "Sign out");
  await question.getByRole("button", { name: "Discard and sign out" }).click();
  for (const tab of [shell.a, shell.b]) {
    await expect(signedOut(tab)).toBeVisible();
    await expect(tab.root.getByText("You are offline")).toBeVisible();
  }
  await shell.page.context().setOffline(false);
  await shell.a.root.getByRole("button", { name: /^Maya Lindqvist/ }).click();
  await expectTruth(shell.a, api, account);
  await expect(noteField(shell.b)).toHaveValue("");
  await expect(shell.a.pinnedCount).toHaveText("0");
  expect(requests.of("PATCH")).toEqual([]);
});

test("signed out, a failing server is reported, and can be tried again", async ({
  shell,
  expectedErrors,
}) => {
  expectedErrors.push(/503/);
  await shell.open();
  await signIn(shell.a, "Maya Lindqvist");
  await shell.page.route("**/api/users", (route) => route.fulfill({ status: 503 }));
  await choose(shell.a, "Sign out");
  await expect(shell.b.root.getByRole("alert")).toContainText("Something went wrong on our side");
  await shell.page.unroute("**/api/users");
  await shell.b.button("Try again").click();
  await shell.b.root.getByRole("button", { name: /^Ruth Abrams/ }).click();
  await expect(workingAs(shell.a, "Ruth Abrams")).toBeVisible();
});

test("more users than fit in a menu are chosen from a list", async ({ page, server }) => {
  await page.route("**/api/users", async (route) => {
    const response = await route.fetch();
    const users = (await response.json()) as User[];
    const more = users.map((user) => ({ ...user, id: `${user.id}-2`, name: `${user.name} Jr.` }));
    await route.fulfill({ response, json: [...users, ...more] });
  });
  await page.setViewportSize({ width: 380, height: 700 });
  await page.goto(server.paneUrl);
  const tab = new Tab(page);
  await tab.button("Sign in").click();
  await page.getByRole("menuitem", { name: "Choose from a list…" }).click();
  const list = page.getByRole("dialog", { name: "Who is working?" });
  await expect(list.getByRole("listitem")).toHaveCount(16);
  await list.getByRole("button", { name: /^Claire Fontaine Jr/ }).click();
  await choose(tab, "Switch to somebody else…");
  await expect(list.getByRole("listitem")).toHaveCount(15);
});
