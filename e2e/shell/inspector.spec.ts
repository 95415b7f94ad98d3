import { readFile } from "node:fs/promises";
import type { Locator } from "@playwright/test";
import { expectNoViolations } from "../support/axe-violations.ts";
import type { Shell } from "../support/shell.ts";
import { expect, test } from "../support/test.ts";

const tool = ({ inspector }: Shell, name: string) =>
  inspector.getByRole("button", { name, exact: true });
const view = ({ inspector }: Shell, name: string) => inspector.getByRole("tab", { name });
const rowsOf = ({ inspector }: Shell) =>
  inspector.getByRole("list", { name: "Trace, newest first" }).getByRole("listitem");
const causeOf = ({ inspector }: Shell) => inspector.getByRole("region", { name: "Cause" });
const textOf = (locator: Locator) => locator.evaluate((each) => each.textContent ?? "");

/** Counts the calls by which panes pass on their traces. */
function countTraces({ page }: Shell): Promise<() => Promise<number>> {
  return page
    .evaluate(() => {
      const counted = { traces: 0 };
      Object.assign(window, counted);
      addEventListener("message", ({ data }) => {
        if (data?.methodPath?.[0] === "trace") (window as unknown as typeof counted).traces++;
      });
    })
    .then(() => () => page.evaluate(() => (window as unknown as { traces: number }).traces));
}

test("an event's whole cause is told, from the press in one tab to the paint in the other, and can be kept in a file", async ({
  shell,
  api,
  page,
}) => {
  test.setTimeout(120_000);
  const account = await api.makeAccount(2);
  // What the tabs read at their start is no part of the picture.
  const users: string[] = [];
  page.on("response", (response) => {
    if (response.url().endsWith("/api/users")) users.push(response.url());
  });
  await shell.openOn(account.name);
  await expect.poll(() => users.length).toBe(2);
  const { inspector } = shell;
  const [first, second] = account.rows;
  const pin = async (title = "") => {
    await shell.a.togglePin(shell.a.article(title));
  };

  await shell.button("Inspector").click();
  await expect(rowsOf(shell).first()).toBeVisible();
  await tool(shell, "Clear").click();
  await pin(first?.title);
  const change = rowsOf(shell).filter({ hasText: `activities/${first?.id} changed` });
  await expect(change).toContainText("changed in Tab A");
  // Whichever is sooner, where Tab B is the leader.
  await expect(change).toContainText(/Tab B heard it on the (channel|change stream)/);
  await expect(change).toContainText("patched");
  const painted = rowsOf(shell).filter({ hasText: "Tab B painted" });

  // By the list, which is the picture for keyboard and screen reader.
  await painted.first().getByRole("button").click();
  const steps = causeOf(shell).getByRole("listitem");
  await expect(steps.first()).toContainText(`In Tab A the user wrote pin · ${first?.id}`);
  await expect(steps.nth(1)).toContainText("The server accepted it as revision");
  await expect(steps.last()).toContainText("Tab B was painted with it");
  await expect(steps.last().getByRole("button")).toHaveAttribute("aria-current", "true");

  // By the picture, where the arrow keys go from event to event.
  const picture = inspector.getByRole("slider", { name: "Events by time" });
  await picture.focus();
  await page.keyboard.press("ArrowUp");
  await expect(picture).toHaveAttribute("aria-valuetext", /^Tab B, .*: Tab B heard it on/);
  await page.keyboard.press("Home");
  // What was painted for an event that was cleared may stand before it.
  await expect(async () => {
    const text = await picture.getAttribute("aria-valuetext");
    if (!text?.includes("the user wrote pin")) await page.keyboard.press("ArrowRight");
    await expect(picture).toHaveAttribute("aria-valuetext", /In Tab A the user wrote pin/, {
      timeout: 1000,
    });
  }).toPass();
  await expect(causeOf(shell)).toContainText("What came of it");
  await expect(causeOf(shell)).toContainText("Tab B was painted with it");
  await expectNoViolations(page, "section[aria-label=Inspector]");
  await page.keyboard.press("Escape");
  await expect(causeOf(shell)).toBeHidden();

  // Paused it stays as it is; filtered it has less.
  await tool(shell, "Pause").click();
  const count = await rowsOf(shell).count();
  await pin(second?.title);
  await expect(inspector.getByText(/^Paused, \d+ waiting$/)).toBeVisible();
  expect(await rowsOf(shell).count()).toBe(count);
  await tool(shell, "Resume").click();
  await expect(rowsOf(shell).filter({ hasText: `activities/${second?.id} changed` })).toBeVisible();
  await inspector.getByRole("searchbox").fill(first?.id ?? "");
  await expect(rowsOf(shell).filter({ hasText: `activities/${second?.id} changed` })).toHaveCount(
    0,
  );
  await expect(change).toBeVisible();
  await inspector.getByRole("searchbox").fill("");
  await tool(shell, "Writes").click();
  await expect(rowsOf(shell).filter({ hasText: "the user" })).toHaveCount(0);
  await tool(shell, "Writes").click();

  // What is exported is shown again when it is loaded, in place of what happens.
  const downloading = page.waitForEvent("download");
  await tool(shell, "Export").click();
  const file = await readFile(await (await downloading).path(), "utf8");
  await tool(shell, "Clear").click();
  await expect(rowsOf(shell)).toHaveCount(0);
  const input = inspector.getByLabel("Trace file");
  const load = (name: string, text: string) =>
    input.setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
  await load("kept.json", file);
  await expect(inspector.getByText("From kept.json")).toBeVisible();
  await expect(change).toContainText("changed in Tab A");
  await load("broken.json", file.slice(0, -100));
  await expect(inspector.getByRole("alert")).toHaveText(
    "broken.json cannot be loaded. It is not JSON.",
  );
  await expect(change).toBeVisible();
  await tool(shell, "Back to what happens now").click();
  await expect(rowsOf(shell)).toHaveCount(0);
});

test("the inspector shows what tabs hold, and what they did not read; closed, it is sent nothing", async ({
  shell,
  api,
  page,
}) => {
  test.setTimeout(120_000);
  const account = await api.makeAccount(3);
  await shell.openOn(account.name);
  const { inspector } = shell;
  const traces = await countTraces(shell);
  const pin = async (at: number) => {
    const title = account.rows[at]?.title ?? "";
    await shell.a.togglePin(shell.a.article(title));
    await expect(shell.b.pin(shell.b.article(title))).toHaveAttribute("aria-pressed", "true");
  };
  await pin(0);
  expect(await traces()).toBe(0);

  await shell.button("Inspector").click();
  await view(shell, "Queries").click();
  const held = inspector.getByRole("row").filter({ hasText: `account · ${account.id}` });
  for (const name of ["Tab A", "Tab B"])
    await expect(held.filter({ hasText: name })).toContainText("up to date");
  await shell.button("Hide Tab B").click();
  await view(shell, "Timeline").click();
  await view(shell, "Spared").click();
  await expect(inspector.getByText("No change to count yet")).toBeVisible();
  await shell.a.togglePin(shell.a.article(account.rows[1]?.title ?? ""));

  // Tab A put the change in place; Tab B, out of view, marked it and read nothing.
  const made = inspector.getByRole("row", { name: /^Made/ });
  await expect(made.getByRole("cell").first()).toHaveText("0");
  const everything = inspector.getByRole("row", { name: /^Invalidate everything/ });
  const spared = () => textOf(everything.getByRole("cell").first());
  await expect.poll(async () => Number(await spared())).toBeGreaterThan(5);
  await view(shell, "Queries").click();
  await expect(held.filter({ hasText: "Tab B" })).toContainText("stale, waits for view");
  for (const name of ["Queries", "Spared"]) {
    await view(shell, name).click();
    await expectNoViolations(page, "section[aria-label=Inspector]");
  }

  await shell.button("Show Tab B").click();
  await expect(shell.b.pinnedCount).toHaveText("2");
  await tool(shell, "Close drawer").click();
  await expect(inspector).toBeHidden();
  // What was under way when it was closed.
  await pin(2);
  const before = await traces();
  await shell.a.togglePin(shell.a.article(account.rows[0]?.title ?? ""));
  await expect(shell.b.pinnedCount).toHaveText("2");
  expect(await traces()).toBe(before);
});
