import type { Locator } from "@playwright/test";
import { EditForm } from "./support/edit-form.ts";
import { StandaloneTab } from "./support/standalone-tab.ts";
import { Tab } from "./support/tab.ts";
import { expect, test } from "./support/test.ts";

const alsoHere = (tab: Tab): Locator => tab.details.getByText(/^Also here: /);

async function signIn(tab: Tab, name: string): Promise<void> {
  await tab.button("Sign in").click();
  await tab.root.getByRole("menuitem", { name }).click();
  await tab.root.getByRole("button", { name: `Working as ${name}` }).waitFor();
}

test("who looks at an account, edits it and leaves is shown in another browser, and a pin still costs one request", async ({
  shell,
  api,
  browser,
  server,
  requests,
}) => {
  // Two browsers and three windows.
  test.setTimeout(120_000);
  const [account, other] = [await api.makeAccount(2), await api.makeAccount(1)];
  await shell.openOn(account.name);
  await signIn(shell.a, "Priya Raman");
  await shell.b.articles.first().waitFor();
  // A pane beside this one is in sight.
  await expect(alsoHere(shell.a)).toHaveCount(0);

  // No storage is shared: as another machine.
  const elsewhere = await browser.newContext();
  const far = new StandaloneTab(await elsewhere.newPage(), server);
  await far.openOn(account);
  await signIn(far, "Maya Lindqvist");
  for (const tab of [shell.a, shell.b])
    await expect(alsoHere(tab)).toHaveText("Also here: Maya Lindqvist");
  await expect(alsoHere(far)).toHaveText("Also here: Priya Raman");

  const form = new EditForm(far);
  await form.open();
  await expect(shell.a.details.getByText("Being edited by Maya Lindqvist")).toBeVisible();
  await expect(shell.b.account(account.name)).toHaveAccessibleName(
    /Being edited by Maya Lindqvist/,
  );
  await form.form.getByRole("button", { name: "Close" }).click();
  await expect(shell.a.details.getByText(/Being edited/)).toHaveCount(0);

  // The same person in another window: named by the person, for that window may have a Tab A as well.
  const page = await shell.page.context().newPage();
  await page.goto(`${server.shellUrl}?account=${account.id}`);
  const second = new Tab(page.frameLocator('iframe[title="Tab A"]'));
  await second.choose(account.name);
  await new EditForm(second).open();
  await shell.page.bringToFront();
  await expect(
    shell.a.details.getByText("Being edited by Priya Raman (another window)"),
  ).toBeVisible();
  await page.close();
  await expect(shell.a.details.getByText(/Being edited/)).toHaveCount(0);

  requests.clear();
  await shell.a.togglePin(shell.a.articles.first());
  await expect(shell.b.pin(shell.b.articles.first())).toHaveAttribute("aria-pressed", "true");
  expect(requests.all).toEqual([expect.stringMatching(/^PATCH /)]);

  await far.choose(other.name);
  await expect(alsoHere(shell.a)).toHaveCount(0);
  await expect(shell.a.account(other.name)).toHaveAccessibleName(/Also here: Maya Lindqvist/);
  await elsewhere.close();
  // A browser that is closed with its pages may have no time to say so: the server forgets it.
  await expect(shell.a.account(other.name)).not.toHaveAccessibleName(/Also here/, {
    timeout: 20_000,
  });
});
