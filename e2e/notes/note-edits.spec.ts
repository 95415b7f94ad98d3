import { holdRequests } from "../support/hold-requests.ts";
import {
  chooseAction,
  editField,
  expectStored,
  isAnyWrite,
  noteField,
  reloadPane,
} from "../support/notes.ts";
import { expect, expectTruth, test } from "../support/test.ts";

test("an edit is shown at once, and in the other tab once it is confirmed", async ({
  shell,
  api,
  page,
}) => {
  const account = await api.makeAccount(1);
  await api.makeActivity(account.id, { title: "Called", body: "No answer." });
  await shell.openOn(account.name);
  const held = await holdRequests(page, isAnyWrite);
  await chooseAction(shell.a, shell.a.article("Called"), "Edit note");
  const field = editField(shell.a.article("Called"));
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("Called\nNo answer.");
  await field.fill("Called twice");
  await shell.a.button("Save").click();

  const note = shell.a.article("Called twice");
  await expect(note).toBeFocused();
  await expect(note.getByText("Sending…")).toBeVisible();
  await expect(shell.b.article("Called")).toBeVisible();
  await held.arrived(1);
  await held.pass(0);
  await expect(shell.b.article("Called twice")).toBeVisible();
  await expect(shell.b.root.getByText("No answer.")).toHaveCount(0);
  await expectTruth(shell.a, api, account);
  await expectTruth(shell.b, api, account);
});

test("an abandoned edit is offered again, also after a reload, and can be discarded", async ({
  shell,
  api,
}) => {
  const account = await api.makeAccount(1);
  await shell.openOn(account.name);
  const title = account.rows[0]?.title ?? "";
  const note = shell.a.article(title);
  await chooseAction(shell.a, note, "Edit note");
  await editField(note).press("End");
  await editField(note).pressSequentially(", and more");
  await editField(note).press("Escape");
  await expect(note).toBeFocused();
  await expect(editField(note)).toHaveCount(0);

  await expectStored(shell.a, "drafts", ", and more");
  await reloadPane(shell, "Tab A");
  await note.getByRole("button", { name: "Continue editing" }).click();
  await expect(editField(note)).toHaveValue(`${title}, and more`);
  await shell.a.button("Discard changes").click();
  await expect(note).toBeFocused();
  await expect(note.getByRole("button", { name: "Continue editing" })).toHaveCount(0);
});

test("an edit begun while the one before is in flight is not lost when that is confirmed", async ({
  shell,
  api,
  page,
  expectedErrors,
}) => {
  // It began from an unconfirmed value, which has no version: the first attempt is refused.
  expectedErrors.push(/409/);
  const account = await api.makeAccount(1);
  await shell.openOn(account.name);
  const held = await holdRequests(page, isAnyWrite);
  const note = shell.a.articles.first();
  await chooseAction(shell.a, note, "Edit note");
  await editField(note).fill("Called twice");
  await shell.a.button("Save").click();
  await held.arrived(1);
  await chooseAction(shell.a, note, "Edit note");
  await editField(note).fill("Called three times");
  await held.pass(0);

  await expect(shell.b.article("Called twice")).toBeVisible();
  await expect(editField(note)).toHaveValue("Called three times");
  await shell.a.button("Save").click();
  await held.arrived(2);
  await held.pass(1);
  await held.arrived(3);
  await held.pass(2);
  await expect(shell.b.article("Called three times")).toBeVisible();
  await expectTruth(shell.a, api, account);
});

test("two edits of one note merge where they do not overlap, and conflict where they do", async ({
  shell,
  api,
  expectedErrors,
}) => {
  expectedErrors.push(/409/);
  const account = await api.makeAccount(1);
  const { id } = await api.makeActivity(account.id, { title: "Called", body: "No answer." });
  await shell.openOn(account.name);
  await chooseAction(shell.a, shell.a.article("Called"), "Edit note");
  const field = editField(shell.a.articles.first());
  await field.fill("Called twice\nNo answer.");
  await api.send("PATCH", `/activities/${id}`, { body: "They called back." });
  await expect(shell.b.root.getByText("They called back.")).toBeVisible();
  await shell.a.button("Save").click();
  await expect(shell.b.article("Called twice")).toBeVisible();
  await expect(shell.a.root.getByText("They called back.")).toBeVisible();

  await chooseAction(shell.a, shell.a.article("Called twice"), "Edit note");
  await field.fill("Called three times\nThey called back.");
  await api.send("PATCH", `/activities/${id}`, { title: "Called again" });
  await expect(shell.b.article("Called again")).toBeVisible();
  await shell.a.button("Save").click();
  await shell.a.article("Called again").getByRole("button", { name: "Resolve conflict" }).click();
  await shell.a.root.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(shell.b.article("Called three times")).toBeVisible();
  await expectTruth(shell.a, api, account);
});

test("a note deleted by another client while it is edited: what was typed moves to the new note", async ({
  tab,
  api,
}) => {
  const account = await api.makeAccount(2);
  await tab.openOn(account);
  const [row] = account.rows;
  await chooseAction(tab, tab.article(row?.title ?? ""), "Edit note");
  await editField(tab.articles.first()).fill("Called twice");
  await api.send("DELETE", `/activities/${row?.id}`);

  await expect(tab.articles).toHaveCount(1);
  await expect(noteField(tab)).toHaveValue("Called twice");
  await expect(noteField(tab)).toHaveAccessibleDescription(/was deleted/);
});
