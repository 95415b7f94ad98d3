import { randomUUID } from "node:crypto";
import { EditForm } from "./support/edit-form.ts";
import { addNote, chooseAction } from "./support/notes.ts";
import { expect, test } from "./support/test.ts";

test("an account that is made offline has its first note and arrives with it; deleted, it is gone in all tabs, and an undo brings it back", async ({
  shell,
  api,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/404/, /ERR_INTERNET_DISCONNECTED/);
  const other = await api.makeAccount(1);
  const name = `New ${randomUUID().slice(0, 8)}`;
  await shell.openOn(other.name);
  const { a, b } = shell;
  await a.button("New account").click();
  const form = a.root.getByRole("form", { name: "New account" });
  await expect(form).toBeVisible();
  await page.context().setOffline(true);
  await a.root.getByRole("button", { name: "Create account" }).click();
  await expect(form.getByRole("textbox", { name: "Name" })).toHaveAccessibleDescription(
    "Name cannot be empty.",
  );
  await form.getByRole("textbox", { name: "Name" }).fill(name);
  await form.getByRole("textbox", { name: "MRR" }).fill("1,200");
  await a.root.getByRole("button", { name: "Create account" }).click();
  await expect(a.heading(name)).toBeVisible();
  await expect(a.chosen).toContainText(name);
  await addNote(a, "First call");
  await expect(a.article("First call")).toBeVisible();
  await page.context().setOffline(false);

  await expect(b.account(name)).toBeVisible();
  await b.choose(name);
  await expect(b.article("First call")).toBeVisible();
  await expect(b.details.getByText("$1,200")).toBeVisible();

  const edit = new EditForm(a);
  await edit.open();
  await edit.form.getByRole("button", { name: "Delete account" }).click();
  await expect(edit.form.getByRole("alert")).toContainText("1 activity belongs");
  await edit.form.getByRole("button", { name: "Close" }).click();
  await chooseAction(a, a.article("First call"), "Delete note");
  await expect(b.article("First call")).toHaveCount(0);
  await edit.open();
  await edit.form.getByRole("button", { name: "Delete account" }).click();
  await expect(a.account(name)).toHaveCount(0);
  await expect(b.root.getByText("Account not found")).toBeVisible();
  await expect(b.account(name)).toHaveCount(0);
  await a.button("Undo").click();
  await expect(b.heading(name)).toBeVisible();
  await expect(b.details.getByText("$1,200")).toBeVisible();

  const [made] = await api.send<{ id: string }[]>(
    "GET",
    `/accounts?name=${encodeURIComponent(name)}`,
  );
  await api.send("DELETE", `/accounts/${made?.id}`);
});
