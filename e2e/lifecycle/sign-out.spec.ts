import type { Page } from "@playwright/test";
import { storedText } from "../support/stored-text.ts";
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

/** Whether a text is anywhere in the JavaScript heap of a page. */
async function remembers(page: Page, text: string): Promise<boolean> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => chunks.push(chunk));
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  await session.detach();
  return chunks.join("").includes(text);
}

test("a sign-out clears a tab that was frozen meanwhile: screen, memory and storage", async ({
  openTab,
  api,
}) => {
  // Each check of the memory takes a snapshot of the whole heap.
  test.setTimeout(500_000);
  const account = await api.makeAccount(3);
  const frozen = await openTab(account);
  await signIn(frozen);
  await frozen.articles.first().waitFor();
  await frozen.button("Edit").click();
  await frozen.root.getByLabel("Notes").fill("typed before the sign-out");
  const other = await openTab(account);
  const thaw = await freeze(frozen.page);
  await other.root.getByRole("button", { name: /^Working as/ }).click();
  await other.page.getByRole("menuitem", { name: "Sign out" }).click();
  // The draft of the frozen tab counts too.
  await other.button("Discard and sign out").click();
  await expect(other.root.getByRole("heading", { name: "You are signed out" })).toBeVisible();
  await thaw();
  await frozen.page.bringToFront();
  await expect(frozen.root.getByRole("heading", { name: "You are signed out" })).toBeVisible();

  for (const { page } of [frozen, other]) {
    for (const secret of [account.name, account.rows[0]?.title ?? "", "typed before"]) {
      expect(await page.content()).not.toContain(secret);
      expect(await storedText(page)).not.toContain(secret);
      const isRemembered = () => remembers(page, secret);
      await expect.poll(isRemembered, { message: secret, timeout: 100_000 }).toBe(false);
    }
  }
});

test("an answer that arrives after its session has ended restores nothing", async ({
  openTab,
  api,
}) => {
  const account = await api.makeAccount(3);
  const tab = await openTab(account);
  await signIn(tab);
  await tab.articles.first().waitFor();
  await api.faults({ latencyMs: 1500 });
  const { name } = await api.account("acc-02");
  const late = tab.page.waitForRequest(/\/api\/accounts\/acc-02/);
  await tab.accounts.getByRole("button", { name }).click();
  await late;
  const next = await openTabSignedIn();
  await signOut(next);
  await expect(tab.root.getByRole("heading", { name: "You are signed out" })).toBeVisible();
  await api.faults({ latencyMs: 0 });
  expect(await storedText(tab.page)).not.toContain(name);
  expect(await tab.page.content()).not.toContain(name);

  async function openTabSignedIn() {
    const opened = await openTab(account);
    await opened.root.getByRole("button", { name: /^Working as/ }).waitFor();
    return opened;
  }
});

test("a page restored from the back/forward cache after a sign-out shows nothing of before", async ({
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
