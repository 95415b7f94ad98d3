import type { Frame } from "@playwright/test";
import { recordTexts } from "./support/record-texts.ts";
import type { Shell } from "./support/shell.ts";
import { Tab } from "./support/tab.ts";
import { expect, test } from "./support/test.ts";

/** Blocks a pane's thread from a given time on. Resolves to when that began and ended. */
function hang(pane: Frame, ms: number, at = 0): Promise<{ from: number; to: number }> {
  return pane.evaluate(
    async ([ms, at]) => {
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, at - Date.now())));
      const from = Date.now();
      while (Date.now() < from + ms);
      return { from, to: Date.now() };
    },
    [ms, at] as const,
  );
}

/**
 * Presses a button of the shell at a given time, from within the page, as the test runner can be slower than
 * the hang. Resolves to when the shell has rendered the result.
 */
function press(shell: Shell, at: number): Promise<number> {
  return shell.button("Inspector").evaluate(
    (button: HTMLElement, at) =>
      new Promise<number>((resolve) => {
        setTimeout(() => {
          button.click();
          requestAnimationFrame(() => resolve(Date.now()));
        }, at - Date.now());
      }),
    at,
  );
}

test("a pane that hangs does not stop the shell", async ({ shell }) => {
  await shell.openOn("Kestrel Robotics");
  const frame = await shell.a.frame();
  const start = Date.now() + 3000;
  const answered = press(shell, start + 500);
  const { from, to } = await hang(frame, 2000, start);
  const pressed = await answered;

  await expect(shell.inspector).toBeVisible();
  expect(pressed).toBeGreaterThan(from);
  expect(pressed, "the shell answered only when the pane did").toBeLessThan(to);
  await expect(shell.a.heading("Kestrel Robotics")).toBeVisible();
});

test("panes that hang are started again by themselves, at their place and with what was typed; the shell goes on", async ({
  shell,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/./);
  await shell.openOn("Kestrel Robotics", "Skylark Aviation");
  const note = shell.a.root.getByRole("textbox", { name: "Note" });
  await note.fill("Half a thought");
  // Typed text is on disk at once; the answer to this comes after it.
  await expect(shell.a.sync).toHaveText("Up to date");
  await shell.a.button("Hide details").click();
  await shell.a.button("Show details").click();
  const origin = await shell.timeOrigin();
  const reports = await recordTexts(page, "[role=alert] h3, main [role=status]");
  const [waiting, restarting] = ["Not responding…", "Starting it again (1 of 3)…"];
  const frame = await shell.a.frame();
  await frame.evaluate(() => {
    setTimeout(() => {
      for (;;);
    }, 100);
  });

  // Panes share a thread.
  await expect
    .poll(reports)
    .toEqual(
      expect.arrayContaining(["Tab A has stopped", "Tab B has stopped", waiting, restarting]),
    );
  await expect(shell.a.heading("Kestrel Robotics")).toBeVisible();
  await expect(note).toHaveValue("Half a thought");
  await expect(shell.b.heading("Skylark Aviation")).toBeVisible();
  for (const tab of [shell.a, shell.b]) await expect(tab.sync).toHaveText("Up to date");
  await expect(page.getByRole("alert")).toHaveCount(0);
  expect(await shell.timeOrigin()).toBe(origin);
});

test("layout, hiding, reloading, adding and closing a tab never reload another", async ({
  shell,
  requests,
}) => {
  await shell.openOn("Kestrel Robotics", "Skylark Aviation");
  await shell.button("Add tab").click();
  await shell.pane("Tab C").choose("Sunfield Solar");
  const origins = async () =>
    Promise.all([shell.timeOrigin(), shell.a.timeOrigin(), shell.pane("Tab C").timeOrigin()]);
  const before = await origins();
  requests.clear();

  for (const layout of ["Stacked", "Focus one", "Side by side"]) await shell.button(layout).click();
  await shell.button("Hide Tab A").click();
  await shell.button("Show Tab A").click();
  await shell.button("Reload Tab B").click();
  await expect(shell.b.heading("Skylark Aviation")).toBeVisible();
  await shell.button("Add tab").click();
  await shell.pane("Tab D").account("Sunfield Solar").waitFor();
  await shell.button("Close Tab B").click();
  await expect(shell.frame("Tab B")).toHaveCount(0);

  expect(await origins()).toEqual(before);
  await expect(shell.a.heading("Kestrel Robotics")).toBeVisible();
  await expect(shell.pane("Tab C").heading("Sunfield Solar")).toBeVisible();
  expect(await requests.by(shell.a)).toEqual([]);
});

test("Reload Tab A reloads that tab only, at its place", async ({ shell }) => {
  await shell.openOn("Kestrel Robotics");
  const before = [await shell.a.timeOrigin(), await shell.b.timeOrigin()];
  await shell.button("Reload Tab A").click();
  await expect.poll(() => shell.a.timeOrigin().catch(() => before[0])).not.toBe(before[0]);
  await expect(shell.a.heading("Kestrel Robotics")).toBeVisible();
  expect(await shell.b.timeOrigin()).toBe(before[1]);
});

test("Back and Forward go through the accounts that were chosen, of all panes", async ({
  shell,
  page,
}) => {
  await shell.open();
  await shell.a.choose("Kestrel Robotics");
  await expect(page).toHaveTitle(/Kestrel Robotics · Tandem$/);
  await shell.b.choose("Skylark Aviation");
  // The window is called by the pane that is used, and each pane by what it shows.
  await expect(page).toHaveTitle(/Skylark Aviation · Tandem$/);
  const paneA = page.getByRole("region", { name: "Pane Tab A" });
  await expect(paneA.getByText("Kestrel Robotics", { exact: true })).toBeVisible();
  await shell.a.choose("Sunfield Solar");
  const origins = [await shell.timeOrigin(), await shell.a.timeOrigin()];

  await page.goBack();
  await expect(shell.a.heading("Kestrel Robotics")).toBeVisible();
  await expect(shell.b.heading("Skylark Aviation")).toBeVisible();
  await page.goBack();
  await expect(shell.b.root.getByText(/^Select an account/)).toBeVisible();
  await expect(shell.a.heading("Kestrel Robotics")).toBeVisible();
  await page.goForward();
  await page.goForward();
  await expect(shell.a.heading("Sunfield Solar")).toBeVisible();
  await expect(shell.b.heading("Skylark Aviation")).toBeVisible();
  expect([await shell.timeOrigin(), await shell.a.timeOrigin()]).toEqual(origins);
});

test("a reload of the shell restores tabs, accounts, hidden panels and layout", async ({
  shell,
  page,
}) => {
  await shell.openOn("Kestrel Robotics", "Skylark Aviation");
  await shell.button("Add tab").click();
  await shell.pane("Tab C").choose("Sunfield Solar");
  await shell.a.button("Hide activity").click();
  await shell.button("Hide Tab B").click();
  await shell.button("Stacked").click();

  await page.reload();
  await expect(shell.a.heading("Kestrel Robotics")).toBeVisible();
  await expect(shell.a.button("Show activity")).toBeVisible();
  await expect(shell.pane("Tab C").heading("Sunfield Solar")).toBeVisible();
  await expect(shell.button("Stacked")).toHaveAttribute("aria-pressed", "true");
  // It costs nothing until it is shown.
  await expect(shell.frame("Tab B")).toHaveCount(0);
  await expect(page.getByText("Loads when shown")).toBeVisible();
  await shell.button("Show Tab B").click();
  await expect(shell.b.heading("Skylark Aviation")).toBeVisible();
});

test("Open Tab A in a browser tab shows the same account and panels", async ({
  shell,
  context,
}) => {
  await shell.openOn("Kestrel Robotics");
  await shell.a.button("Hide activity").click();
  const opened = context.waitForEvent("page");
  await shell.button("Open Tab A in a browser tab").click();
  const tab = new Tab(await opened);

  await expect(tab.heading("Kestrel Robotics")).toBeVisible();
  await expect(tab.button("Show activity")).toBeVisible();
});

test("a closed tab's letter is free again, and a tab can be opened after the last is closed", async ({
  shell,
}) => {
  await shell.open();
  for (const title of ["Tab A", "Tab B"]) await shell.button(`Close ${title}`).click();
  await shell.button("Open a tab").click();
  await expect(shell.a.account("Northgate Logistics")).toBeVisible();
});
