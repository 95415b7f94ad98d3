import { chooseAction, noteField } from "../support/notes.ts";
import { expect, expectTruth, test } from "../support/test.ts";

test("a deleted note disappears at once, and Undo restores it with its pin", async ({
  shell,
  api,
}) => {
  const account = await api.makeAccount(3);
  const row = account.rows[1];
  await api.send("PATCH", `/activities/${row?.id}`, { pinned: true });
  await shell.openOn(account.name);
  const note = shell.a.article(row?.title ?? "");
  await chooseAction(shell.a, note, "Delete note");

  await expect(note).toHaveCount(0);
  await expect(shell.a.articles.nth(1)).toBeFocused();
  await expect(shell.b.articles).toHaveCount(2);
  await shell.a.button("Undo").click();
  await expect(note).toBeVisible();
  await expect(shell.b.articles).toHaveCount(3);
  await expect(shell.b.pinnedCount).toHaveText("1");
  await expectTruth(shell.a, api, account);
  await expectTruth(shell.b, api, account);
});

test("Undo of a delete that waits for the network cancels it, without a request", async ({
  tab,
  api,
  context,
  requests,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/);
  const account = await api.makeAccount(2);
  await tab.openOn(account);
  // What is loaded when the page is idle is there, the menu of a note as well.
  await tab.button("Tasks").waitFor();
  await context.setOffline(true);
  await expect(tab.sync).toHaveText("Offline");
  const note = tab.article(account.rows[0]?.title ?? "");
  await chooseAction(tab, note, "Delete note");
  await expect(note).toHaveCount(0);
  await tab.button("Undo").click();
  await expect(note).toBeVisible();
  requests.clear();
  await context.setOffline(false);

  await expect(tab.sync).toHaveText("Up to date");
  expect(requests.all.filter((each) => !each.startsWith("GET"))).toEqual([]);
  await expectTruth(tab, api, account);
});

test("deleting the last note of an account moves the focus to the field of a new one", async ({
  tab,
  api,
}) => {
  const account = await api.makeAccount(1);
  await tab.openOn(account);
  await chooseAction(tab, tab.articles.first(), "Delete note");
  await expect(tab.root.getByText("No activity yet")).toBeVisible();
  await expect(noteField(tab)).toBeFocused();
});
