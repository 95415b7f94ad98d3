import { expectNoViolations } from "../support/axe-violations.ts";
import type { Shell } from "../support/shell.ts";
import { expect, test } from "../support/test.ts";

const dialogOf = ({ page }: Shell) => page.getByRole("dialog", { name: "Try it" });

async function choose(shell: Shell, name: RegExp) {
  await shell.button("Developer").click();
  await shell.page.getByRole("menuitem", { name }).click();
}

async function tryIt(shell: Shell, tab: "Tab A" | "Tab B", what: RegExp) {
  await choose(shell, /^Try it on one tab/);
  await dialogOf(shell).getByRole("radio", { name: tab }).click();
  await dialogOf(shell).getByRole("button", { name: what }).click();
  await expect(dialogOf(shell)).toBeHidden();
}

test("what goes wrong in one tab can be watched: each fault says what to expect, and that is what happens", async ({
  shell,
  api,
  page,
  expectedErrors,
}) => {
  test.setTimeout(180_000);
  expectedErrors.push(/./);
  const account = await api.makeAccount(3);
  await shell.openOn(account.name);
  const title = (at: number) => account.rows[at]?.title ?? "";
  const isPinnedInB = (at: number) =>
    expect(shell.b.pin(shell.b.article(title(at)))).toHaveAttribute("aria-pressed", "true");

  await choose(shell, /^Try it on one tab/);
  await expect(dialogOf(shell).getByRole("listitem")).toHaveCount(11);
  await expectNoViolations(page, "[role=dialog]");
  await page.keyboard.press("Escape");

  // Doubled messages are applied once.
  await tryIt(shell, "Tab A", /^Send each message twice/);
  await expect(page.getByText(/the others apply it once/)).toBeVisible();
  await shell.a.togglePin(shell.a.article(title(0)));
  await isPinnedInB(0);
  await expect(shell.b.pinnedCount).toHaveText("1");
  await tryIt(shell, "Tab A", /^All well again/);

  // The answer is lost, and the write is done once.
  await tryIt(shell, "Tab A", /^Swallow the answer/);
  await shell.a.togglePin(shell.a.article(title(1)));
  await isPinnedInB(1);
  await expect(shell.a.pinnedCount).toHaveText("2");
  await expect(shell.b.pinnedCount).toHaveText("2");

  // The server's stream is held back: tabs of one browser are in step all the same.
  await choose(shell, /^Hold back the change stream/);
  await shell.a.togglePin(shell.a.article(title(2)));
  await isPinnedInB(2);
  await choose(shell, /^All well/);

  // A page that is lost is brought back by the shell, at its place.
  const before = await (await shell.b.frame()).evaluate("performance.timeOrigin");
  await tryIt(shell, "Tab B", /^Crash/);
  await expect
    .poll(async () => {
      const frame = await shell.b.frame();
      return frame.evaluate("performance.timeOrigin").catch(() => before);
    })
    .not.toBe(before);
  await expect(shell.b.heading(account.name)).toBeVisible();
  await expect(shell.b.pinnedCount).toHaveText("3");
});
