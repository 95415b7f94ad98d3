import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { BrowserContext } from "@playwright/test";
import { watchRequests } from "../support/requests.ts";
import { Shell } from "../support/shell.ts";
import { untilStored } from "../support/stored-text.ts";
import { expect, expectTruth, test } from "./test.ts";

test("a killed browser with five waiting writes and a half-typed note sends each write once after its restart, and has the note", async ({
  playwright,
  launchOptions,
  server,
  api,
}) => {
  const account = await api.makeAccount(6);
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-profile-"));
  const start = () => playwright.chromium.launchPersistentContext(profile, launchOptions);
  const written = async () => (await api.rows(account.id)).filter(({ pinned }) => pinned).length;
  const texts = ["first", "second"].map((word) => `${word} note of ${account.name}`);

  let context = await start();
  let shell = await openShell(context);
  await shell.a.choose(account.name);
  await context.setOffline(true);
  for (const at of [1, 3, 5]) await shell.a.pin(shell.a.articles.nth(at)).click();
  for (const text of texts) {
    await shell.a.root.getByLabel("Note", { exact: true }).fill(text);
    await shell.a.button("Add note").click();
    await expect(shell.a.article(text)).toBeVisible();
  }
  await shell.a.root.getByLabel("Note", { exact: true }).fill("half a no");
  await untilStored(await shell.a.frame(), "half a no");
  await expect(shell.a.root.getByRole("button", { name: /^Unsent changes/ })).toContainText("5");
  expect(await written()).toBe(0);
  await kill(context);

  context = await start();
  const requests = watchRequests(context);
  shell = await openShell(context);
  await shell.a.choose(account.name);
  for (const text of texts) await expect(shell.a.article(text)).toBeVisible();
  await expect(shell.a.root.getByLabel("Note", { exact: true })).toHaveValue("half a no");
  await expect(shell.a.sync).toHaveText("Up to date");
  await expect(shell.a.root.getByRole("button", { name: /^Unsent changes/ })).toHaveCount(0);
  await expectTruth(shell.a, api, account);
  await expectTruth(shell.b, api, account);

  expect(await written()).toBe(3);
  const rows = await api.rows(account.id);
  for (const text of texts) expect(rows.filter(({ title }) => title === text)).toHaveLength(1);
  const writes = requests.all.filter((each) => !each.startsWith("GET"));
  expect(writes.map((each) => each.split(" ")[0])).toEqual([
    ...["PATCH", "PATCH", "PATCH"],
    ...["POST", "POST"],
  ]);
  await context.close();
  fs.rmSync(profile, { recursive: true, force: true });

  async function openShell(opened: BrowserContext): Promise<Shell> {
    const shell = new Shell(opened.pages()[0] ?? (await opened.newPage()), server);
    await shell.open();
    await shell.a.accounts.getByRole("button").first().waitFor();
    await shell.b.choose(account.name);
    return shell;
  }
});

/** Ends the browser as a power cut would, without any event. */
async function kill(context: BrowserContext): Promise<void> {
  const page = context.pages()[0];
  if (!page) throw new Error("There is no page");
  const session = await context.newCDPSession(page);
  const closed = new Promise((resolve) => context.once("close", resolve));
  session.send("Browser.crash" as never).catch(() => {});
  await closed;
}
