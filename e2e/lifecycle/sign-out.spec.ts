import type { Page } from "@playwright/test";
import { storedText } from "../kept.ts";
import { expect, freeze, type Standalone, test } from "./test.ts";

async function signIn(tab: Standalone): Promise<void> {
  await tab.button("Sign in").click();
  await tab.page
    .getByRole("menuitem")
    .or(tab.page.getByRole("dialog").getByRole("button"))
    .first()
    .click();
  await expect(tab.root.getByRole("button", { name: /^Working as/ })).toBeVisible();
}

async function signOut(tab: Standalone): Promise<void> {
  await tab.root.getByRole("button", { name: /^Working as/ }).click();
  await tab.page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(tab.root.getByRole("heading", { name: "You are signed out" })).toBeVisible();
}

/** Whether a text is anywhere in the memory of a page's scripts. */
async function remembers(page: Page, text: string): Promise<boolean> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => chunks.push(chunk));
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  await session.detach();
  return chunks.join("").includes(text);
}

test("a sign-out clears a tab that slept through it, from the screen to the disk", async ({
  openTab,
  api,
}) => {
  // Each look into the memory is a snapshot of the whole heap.
  test.setTimeout(240_000);
  const account = await api.makeAccount(3);
  const sleeper = await openTab(account);
  await signIn(sleeper);
  await sleeper.articles.first().waitFor();
  await sleeper.button("Edit").click();
  await sleeper.root.getByLabel("Notes").fill("typed by somebody who left");
  const other = await openTab(account);
  const thaw = await freeze(sleeper.page);
  await other.root.getByRole("button", { name: /^Working as/ }).click();
  await other.page.getByRole("menuitem", { name: "Sign out" }).click();
  // The draft of the tab that sleeps counts too.
  await other.button("Sign out and discard").click();
  await expect(other.root.getByRole("heading", { name: "You are signed out" })).toBeVisible();
  await thaw();
  await sleeper.page.bringToFront();
  await expect(sleeper.root.getByRole("heading", { name: "You are signed out" })).toBeVisible();

  for (const { page } of [sleeper, other]) {
    for (const secret of [account.name, account.rows[0]?.title ?? "", "typed by somebody"]) {
      expect(await page.content()).not.toContain(secret);
      expect(await storedText(page)).not.toContain(secret);
      const isRemembered = () => remembers(page, secret);
      await expect.poll(isRemembered, { message: secret, timeout: 40_000 }).toBe(false);
    }
  }
});

test("an answer that is late for its session brings nothing back", async ({ openTab, api }) => {
  const account = await api.makeAccount(3);
  const tab = await openTab(account);
  await signIn(tab);
  await tab.articles.first().waitFor();
  await api.faults({ latencyMs: 1500 });
  const late = tab.page.waitForRequest(/\/api\/accounts\/acc-02/);
  await tab.accounts.getByRole("button").nth(1).click();
  await late;
  const next = await openTabSignedIn();
  await signOut(next);
  await expect(tab.root.getByRole("heading", { name: "You are signed out" })).toBeVisible();
  await api.faults({ latencyMs: 0 });
  const { name } = await api.account("acc-02");
  expect(await storedText(tab.page)).not.toContain(name);
  expect(await tab.page.content()).not.toContain(name);

  async function openTabSignedIn() {
    const opened = await openTab(account);
    await opened.root.getByRole("button", { name: /^Working as/ }).waitFor();
    return opened;
  }
});

test("a page that comes out of the back/forward cache after a sign-out shows nothing of before", async ({
  openTab,
  api,
}) => {
  const account = await api.makeAccount(3);
  const tab = await openTab(account);
  await signIn(tab);
  await tab.articles.first().waitFor();
  await tab.page.goto("about:blank");
  const other = await openTab(account);
  await signOut(other);
  await tab.page.bringToFront();
  await tab.page.goBack();
  await expect(tab.root.getByRole("heading", { name: "You are signed out" })).toBeVisible();
  expect(await tab.page.content()).not.toContain(account.name);
});
