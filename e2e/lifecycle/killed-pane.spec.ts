import type { Frame, Page } from "@playwright/test";
import { expect, expectTruth, test } from "./test.ts";
import { detailsOf } from "./traffic.ts";

/** Kills the renderer of a frame of another origin than its page. */
async function crashFrame(frame: Frame): Promise<void> {
  const page = frame.page();
  const session = await page.context().newCDPSession(frame);
  const crashed = page.waitForEvent("crash");
  // The command is never answered.
  session.send("Page.crash").catch(() => {});
  await crashed;
}

/**
 * Marks the URL of the shell once every pane that failed works again. Playwright must not be connected meanwhile: it
 * fails when another page comes in place of a crashed one.
 */
async function markWhenBack(page: Page): Promise<void> {
  await page.evaluate(() => {
    const titles = new Set<string | null>();
    const observer = new MutationObserver(() => {
      const alerts = document.querySelectorAll("[role=alert] h3");
      for (const { textContent } of alerts) titles.add(textContent);
      if (titles.size === 0 || alerts.length > 0) return;
      observer.disconnect();
      location.hash = [...titles].join();
    });
    observer.observe(document, { subtree: true, childList: true });
  });
}

test("killed panes are started again by themselves, at their place and with what was typed; the shell goes on", async ({
  shell,
  look,
  api,
  chromiumUrl,
}) => {
  test.setTimeout(120_000);
  const account = await api.makeAccount(3);
  await shell.openOn(account.name);
  const origin = await shell.timeOrigin();
  await shell.a.root.getByRole("textbox", { name: "Note" }).fill("Half a thought");
  // Stored before this, which asks the server.
  await shell.a.togglePin(shell.a.articles.nth(2));
  await markWhenBack(shell.page);
  await crashFrame(await shell.a.frame());
  await shell.page.context().browser()?.close();
  await api.send("PATCH", `/activities/${account.rows[0]?.id}`, { pinned: true });

  // Nobody clicks. Panes of one origin share a process, and crash together.
  const urls = async () => {
    const targets = await (await fetch(`${chromiumUrl}/json/list`)).json();
    return (targets as { url: string }[]).map(({ url }) => decodeURIComponent(url)).join();
  };
  await expect.poll(urls).toContain("#Tab A has stopped,Tab B has stopped");

  const whole = await look();
  await expect(whole.a.root.getByRole("textbox", { name: "Note" })).toHaveValue("Half a thought");
  for (const pane of [whole.a, whole.b]) {
    await expect(pane.heading(account.name)).toBeVisible();
    await expectTruth(pane, api, account);
    await expect(pane.sync).toHaveText("Up to date");
  }
  const reads: string[] = [];
  whole.page.context().on("request", (request) => {
    const { pathname } = new URL(request.url());
    // Not the code that a page loads when it is idle.
    if (request.method() === "GET" && pathname.startsWith("/api"))
      reads.push(`GET ${pathname.slice(4)}`);
  });
  await whole.a.togglePin(whole.a.articles.nth(1));
  await expect(whole.b.pinnedCount).toHaveText("3");
  for (const pane of [whole.a, whole.b]) await expectTruth(pane, api, account);
  expect(reads.filter((read) => read !== detailsOf(account))).toEqual([]);
  expect(reads.length).toBeLessThanOrEqual(2);
  expect(await whole.timeOrigin()).toBe(origin);
});
