import type { Locator, Page } from "@playwright/test";
import {
  addNote,
  chooseAction,
  editField,
  expectStored,
  isAnyWrite,
  outboxButton,
  reloadPane,
} from "./support/notes.ts";
import type { Tab } from "./support/tab.ts";
import { expect, expectTruth, test } from "./support/test.ts";

function outboxItems(tab: Tab): Locator {
  return tab.root.getByRole("dialog", { name: "Unsent changes" }).getByRole("listitem");
}

/** The writes that the server answers from now on, in order. */
function watchAnswers(page: Page): string[] {
  const answers: string[] = [];
  page.on("response", (response) => {
    if (!isAnyWrite(response.request())) return;
    const path = new URL(response.url()).pathname.replace("/api", "");
    const tab = new URL(response.frame().url()).pathname;
    answers.push(`${response.request().method()} ${path} ${response.status()} ${tab}`);
  });
  return answers;
}

test("offline: cached data is shown, writes wait in order, and each is sent once when online", async ({
  shell,
  api,
  page,
  context,
  requests,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/);
  const [account, other] = [await api.makeAccount(3), await api.makeAccount(2)];
  await shell.openOn(other.name, account.name);
  await shell.a.choose(account.name);
  await context.setOffline(true);
  await expect(shell.a.sync).toHaveText("Offline");
  await shell.a.choose(other.name);
  await expect(shell.a.articles).toHaveCount(2);
  await shell.a.choose(account.name);

  const [first, second] = account.rows;
  await shell.a.pin(shell.a.article(first?.title ?? "")).click();
  await addNote(shell.a, "Called back");
  await chooseAction(shell.a, shell.a.article(second?.title ?? ""), "Delete note");
  await expect(shell.a.article("Called back").getByText("Waiting for the network")).toBeVisible();
  await expect(outboxButton(shell.a)).toHaveAccessibleName("Unsent changes: 3 waiting");
  await expect(outboxButton(shell.b)).toHaveCount(0);
  await outboxButton(shell.a).click();
  const items = outboxItems(shell.a);
  await expect(items).toHaveText([
    new RegExp(`^Pin “${first?.title}”Waiting for the network`),
    /^Note “Called back”Waiting for the network/,
    new RegExp(`^Delete note “${second?.title}”Waiting for the network`),
  ]);

  await items.nth(2).getByRole("button", { name: "Cancel" }).click();
  await expect(items).toHaveCount(2);
  await expect(shell.a.article(second?.title ?? "")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(outboxButton(shell.a)).toBeFocused();
  requests.clear();
  await context.setOffline(false);

  await expect(outboxButton(shell.a)).toHaveCount(0);
  await expect(shell.b.article("Called back")).toBeVisible();
  expect(requests.all.filter((each) => !each.startsWith("GET"))).toEqual([
    `PATCH /activities/${first?.id}`,
    "POST /activities",
  ]);
  await expectTruth(shell.a, api, account);
  await expectTruth(shell.b, api, account);
});

test("waiting writes survive a reload of their pane, and only that pane sends them", async ({
  shell,
  api,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_FAILED/);
  const account = await api.makeAccount(2);
  await shell.openOn(account.name);
  await page.route("**/api/**", (route) =>
    isAnyWrite(route.request()) ? route.abort() : route.fallback(),
  );
  const row = account.rows[0];
  await shell.a.pin(shell.a.article(row?.title ?? "")).click();
  await addNote(shell.a, "Called back");
  await expect(outboxButton(shell.a)).toHaveText("2 waiting");
  await expectStored(shell.a, "writes", "Called back");
  await reloadPane(shell, "Tab A");

  await expect(shell.a.article("Called back").getByText("Waiting for the server")).toBeVisible();
  await expect(shell.a.pin(shell.a.article(row?.title ?? ""))).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await expect(outboxButton(shell.a)).toHaveText("2 waiting");
  await expect(outboxButton(shell.b)).toHaveCount(0);
  expect(await api.rows(account.id)).toEqual(account.rows);
  const answers = watchAnswers(page);
  const sender = new URL((await shell.a.frame()).url()).pathname;
  await page.unroute("**/api/**");

  await expect(outboxButton(shell.a)).toHaveCount(0);
  await expect(shell.b.article("Called back")).toBeVisible();
  expect(answers).toEqual([
    `PATCH /activities/${row?.id} 200 ${sender}`,
    `POST /activities 201 ${sender}`,
  ]);
  await expectTruth(shell.a, api, account);
  await expectTruth(shell.b, api, account);
});

test("a write that fails for good is rolled back, reported, and can be repeated, also after a reload", async ({
  shell,
  api,
  expectedErrors,
}) => {
  expectedErrors.push(/503/);
  const account = await api.makeAccount(2);
  await shell.openOn(account.name);
  await api.faults({ failNextWrites: 1 });
  await addNote(shell.a, "Called back");

  await expect(shell.a.root.getByText("Couldn't add “Called back”")).toBeVisible();
  await expect(shell.a.button("Try again")).toBeVisible();
  await expect(shell.a.article("Called back")).toHaveCount(0);
  await expect(outboxButton(shell.a)).toHaveText("1 not saved");
  await expectStored(shell.a, "writes", "Called back");
  await reloadPane(shell, "Tab A");

  await expect(outboxButton(shell.a)).toHaveText("1 not saved");
  await expect(shell.a.root.getByText("Couldn't add “Called back”")).toHaveCount(0);
  await outboxButton(shell.a).click();
  const item = outboxItems(shell.a).first();
  await expect(item).toHaveText(/^Note “Called back”Not saved: something went wrong on our side/);
  await item.getByRole("button", { name: "Try again" }).click();
  await expect(shell.b.article("Called back")).toBeVisible();
  await expect(shell.a.root.getByText("Everything has arrived.")).toBeVisible();
  await expectTruth(shell.a, api, account);
});

test("a failed write can be discarded, and its toast goes with it", async ({
  tab,
  api,
  expectedErrors,
}) => {
  expectedErrors.push(/503/);
  const account = await api.makeAccount(2);
  await tab.openOn(account);
  const note = tab.article(account.rows[0]?.title ?? "");
  await api.faults({ failNextWrites: 1 });
  await chooseAction(tab, note, "Delete note");
  const message = tab.root.getByText(`Couldn't delete “${account.rows[0]?.title}”`);
  await expect(message).toBeVisible();
  await expect(note).toBeVisible();
  await expect(tab.root.getByText("Note deleted")).toHaveCount(0);

  await outboxButton(tab).click();
  await tab.button("Discard").click();
  await expect(message).toHaveCount(0);
  await expectTruth(tab, api, account);
});

test("an edit made offline that conflicts with another waits for a decision", async ({
  tab,
  api,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED|409/);
  const account = await api.makeAccount(1);
  await tab.openOn(account);
  const row = account.rows[0];
  // What is loaded later is there: the menu is a part of it.
  await tab.details.getByRole("button", { name: "Tasks" }).waitFor();
  await context.setOffline(true);
  await expect(tab.sync).toHaveText("Offline");
  await chooseAction(tab, tab.articles.first(), "Edit note");
  await editField(tab.articles.first()).fill("Mine");
  await tab.button("Save").click();
  await expect(tab.article("Mine")).toBeVisible();
  await api.send("PATCH", `/activities/${row?.id}`, { title: "Theirs" });
  await context.setOffline(false);

  await expect(outboxButton(tab)).toHaveText("1 conflict");
  await expect(tab.article("Theirs")).toBeVisible();
  await outboxButton(tab).click();
  await tab.button("Resolve").click();
  const dialog = tab.root.getByRole("dialog", { name: /changed this too/ });
  await dialog.getByRole("radio", { name: /^Theirs/ }).click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(tab.root.getByText("Everything has arrived.")).toBeVisible();
  await expectTruth(tab, api, account);
  expect((await api.rows(account.id))[0]?.title).toBe("Theirs");
});
