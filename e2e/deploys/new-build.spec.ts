import type { BrowserContext } from "@playwright/test";
import { addNote, expectStored, noteField, outboxButton } from "../support/notes.ts";
import { StandaloneTab } from "../support/standalone-tab.ts";
import { expect, expectTruth, test } from "../support/test.ts";

/** From now on all but the change stream, which is open, is answered as by a server that has this build. */
async function serveBuild(context: BrowserContext, build: string): Promise<void> {
  await context.route("**/api/**", async (route) => {
    if (route.request().headers().accept?.includes("text/event-stream")) return route.fallback();
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "tandem-build": build } });
  });
}

test("another build is offered once, in the shell and in each browser tab, and a reload keeps what was typed, sent and looked at", async ({
  context,
  page,
  shell,
  server,
  api,
  expectedErrors,
}) => {
  test.setTimeout(120_000);
  expectedErrors.push(/ERR_CONNECTION/);
  const [one, other] = [await api.makeAccount(3), await api.makeAccount(2)];
  await shell.openOn(one.name, other.name);
  const tab = new StandaloneTab(await context.newPage(), server);
  await tab.openOn(one);
  await page.bringToFront();
  const [inShell, inTab] = [page, tab.page].map((each) =>
    each.getByRole("alert").filter({ hasText: "Reload to update" }),
  );
  if (!inShell || !inTab) throw new Error("Two pages");

  await serveBuild(context, "build-2");
  await shell.a.togglePin(shell.a.article(one.rows[0]?.title ?? ""));
  await expect(inShell).toHaveCount(1);
  await expect(inTab).toHaveCount(1);
  for (const pane of [shell.a, shell.b])
    await expect(pane.root.getByText("Reload to update")).toHaveCount(0);
  await inShell.getByRole("button", { name: "Later" }).click();
  await expect(inShell).toHaveCount(0);
  await shell.b.togglePin(shell.b.article(other.rows[0]?.title ?? ""));
  await expect(shell.b.pinnedCount).toHaveText("1");
  await expect(inShell).toHaveCount(0);

  await serveBuild(context, "build-3");
  await shell.b.togglePin(shell.b.article(other.rows[1]?.title ?? ""));
  await expect(inShell).toHaveCount(1);
  await noteField(shell.b).fill("half a no");
  await expectStored(shell.b, "drafts", "half a no");
  await context.route(/\/api\/activities$/, (route) => route.abort("connectionfailed"));
  await addNote(shell.a, "Not sent yet");
  await expectStored(shell.a, "writes", "Not sent yet");
  await expect(outboxButton(shell.a)).toBeVisible();
  const before = await shell.timeOrigin();
  await inShell.getByRole("button", { name: "Reload" }).click();
  await expect(async () => expect(await shell.timeOrigin()).not.toBe(before)).toPass();
  // What is served now is the build that the page was made of.
  await context.unrouteAll({ behavior: "wait" });
  await shell.a.heading(one.name).waitFor();
  await shell.b.heading(other.name).waitFor();
  await expect(noteField(shell.b)).toHaveValue("half a no");
  await expect
    .poll(async () => (await api.rows(one.id)).map(({ title }) => title), { timeout: 40_000 })
    .toContain("Not sent yet");
  await expectTruth(shell.a, api, one);
  await expect(inShell).toHaveCount(0);
});
