import type { Frame } from "@playwright/test";
import type { Shell } from "../support/shell.ts";
import { expect, expectTruth, test } from "./test.ts";
import { detailsOf } from "./traffic.ts";

/** The shell reports it after nine unanswered heartbeats. */
const whenNoticed = { timeout: 25_000 };

/** Kills the renderer of a frame of another origin than its page. */
async function crashFrame(frame: Frame): Promise<void> {
  const page = frame.page();
  const session = await page.context().newCDPSession(frame);
  const crashed = page.waitForEvent("crash");
  // The command is never answered.
  session.send("Page.crash").catch(() => {});
  await crashed;
}

test("a killed pane leaves the shell working, which reports it, and Retry restores it at its place", async ({
  shell,
  look,
  api,
}) => {
  test.setTimeout(120_000);
  const account = await api.makeAccount(3);
  await shell.openOn(account.name);
  const origin = await shell.timeOrigin();
  await crashFrame(await shell.a.frame());
  await api.send("PATCH", `/activities/${account.rows[0]?.id}`, { pinned: true });

  const stopped = ({ page }: Shell, title: string) =>
    page.getByRole("alert").filter({ hasText: `${title} has stopped` });

  const after = await look();
  // Panes of one origin share a process, and crash together.
  for (const title of ["Tab A", "Tab B"])
    await expect(stopped(after, title)).toBeVisible(whenNoticed);
  await after.button("Inspector").click();
  await expect(after.inspector).toBeVisible();
  await after.button("Inspector").click();

  await after.button("Retry: Tab A").click();
  await expect(stopped(after, "Tab A")).toHaveCount(0);
  await expect(stopped(after, "Tab B")).toBeVisible();
  const revived = await look();
  await expect(revived.a.heading(account.name)).toBeVisible();
  await expectTruth(revived.a, api, account);
  await expect(revived.a.sync).toHaveText("Up to date");

  await revived.button("Retry: Tab B").click();
  await expect(stopped(revived, "Tab B")).toHaveCount(0);
  const whole = await look();
  await expectTruth(whole.b, api, account);
  await expect(whole.b.sync).toHaveText("Up to date");
  const reads: string[] = [];
  whole.page.context().on("request", (request) => {
    const { pathname } = new URL(request.url());
    // Not the code that a page loads when it is idle.
    if (request.method() === "GET" && pathname.startsWith("/api"))
      reads.push(`GET ${pathname.slice(4)}`);
  });
  await whole.a.togglePin(whole.a.articles.nth(1));
  await expect(whole.b.pinnedCount).toHaveText("2");
  for (const pane of [whole.a, whole.b]) await expectTruth(pane, api, account);
  expect(reads.filter((read) => read !== detailsOf(account))).toEqual([]);
  expect(reads.length).toBeLessThanOrEqual(2);
  expect(await whole.timeOrigin()).toBe(origin);
});
