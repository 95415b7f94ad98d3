import { EditForm } from "./support/edit-form.ts";
import { addNote, chooseAction, editField, noteField, outboxButton } from "./support/notes.ts";
import { expect, expectTruth, test } from "./support/test.ts";

test("what was done in a tab is taken back step by step, in all tabs: by the keyboard, and in the toast", async ({
  shell,
  api,
}) => {
  const account = await api.makeAccount(3);
  await shell.openOn(account.name);
  const { a, b } = shell;
  const first = a.articles.first();
  const title = account.rows[0]?.title ?? "";
  await a.togglePin(first);
  await expect(b.pinnedCount).toHaveText("1");
  await addNote(a, "Called back");
  await expect(b.article("Called back")).toBeVisible();
  const edit = new EditForm(a);
  await edit.open();
  await edit.text("Name").fill(`${account.name} & Sons`);
  await edit.saved();
  await expect(b.heading(`${account.name} & Sons`)).toBeVisible();

  await a.button("Undo").click();
  await expect(b.heading(account.name)).toBeVisible();
  await noteField(a).fill("Typed");
  await noteField(a).press("Control+z");
  await expect(a.article("Called back")).toBeVisible();
  await noteField(a).fill("");
  await a.articles.first().focus();
  await a.articles.first().press("Control+z");
  await expect(a.article("Called back")).toHaveCount(0);
  await expect(b.article("Called back")).toHaveCount(0);
  await a.article(title).press("Control+z");
  await expect(b.pinnedCount).toHaveText("0");
  await a.article(title).press("Control+z");
  await expect(a.root.getByText("Nothing to undo")).toBeVisible();
  await expectTruth(a, api, account);

  await a.article(title).press("Control+Shift+Z");
  await expect(b.pinnedCount).toHaveText("1");
  await expectTruth(b, api, account);
});

test("an undo goes over nothing that others did since: it asks, also after it waited for the network", async ({
  tab,
  api,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED|409|412/);
  const account = await api.makeAccount(2);
  await tab.openOn(account);
  const edited = tab.articles.nth(1);
  await chooseAction(tab, edited, "Edit note");
  await editField(edited).fill("Mine");
  await tab.button("Save").click();
  await expect(tab.article("Mine").getByText("Sending…")).toHaveCount(0);
  await addNote(tab, "New");
  await expect(tab.article("New").getByText("Sending…")).toHaveCount(0);
  const rows = await api.rows(account.id);
  const idOf = (title: string) => rows.find((row) => row.title === title)?.id;
  await context.setOffline(true);
  await expect(tab.sync).toHaveText("Offline");
  await tab.article("New").press("Control+z");
  await tab.article("Mine").press("Control+z");
  await expect(tab.articles).toHaveCount(2);
  await api.send("PATCH", `/activities/${idOf("New")}`, { title: "New, and theirs" });
  await api.send("PATCH", `/activities/${idOf("Mine")}`, { title: "Theirs" });
  await context.setOffline(false);

  await expect(outboxButton(tab)).toHaveText("2 conflicts");
  await expect(tab.article("New, and theirs")).toBeVisible();
  await expect(tab.article("Theirs")).toBeVisible();
  await expect(tab.root.getByRole("dialog", { name: /changed this since$/ })).toHaveCount(2);
  await outboxButton(tab).click();
  const deletion = tab.root.getByRole("listitem").filter({ hasText: "Delete note" });
  await deletion.getByRole("button", { name: "Resolve" }).click();
  await tab.button("Keep it").click();
  await expect(outboxButton(tab)).toHaveText("1 conflict");
  await tab.root.getByRole("dialog", { name: "Unsent changes" }).press("Escape");
  await tab.button("Resolve conflict").click();
  const question = tab.root.getByRole("dialog", { name: /changed this too/ });
  await question.getByRole("radio", { name: /^Mine/ }).click();
  await question.getByRole("button", { name: "Save" }).click();
  await expect(tab.article(account.rows[1]?.title ?? "")).toBeVisible();
  await expectTruth(tab, api, account);
});
