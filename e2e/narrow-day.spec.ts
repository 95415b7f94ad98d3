import { EditForm } from "./support/edit-form.ts";
import { noteField, outboxButton } from "./support/notes.ts";
import { expect, test } from "./support/test.ts";

test.use({ viewport: { width: 360, height: 740 } });

test("a working day at 360 px: find an account, log a call, set tasks, do the same to several rows, undo, conflict, offline, back", async ({
  tab,
  api,
  page,
  requests,
  expectedErrors,
}) => {
  // A whole day.
  test.setTimeout(120_000);
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/);
  const account = await api.makeAccount(4);
  const [first, second, third] = account.rows.map(({ title }) => title);
  const select = (title = "") =>
    tab.root.getByRole("checkbox", { name: `Select ${title}`, exact: true });
  const bar = (name: string) => tab.root.getByRole("toolbar", { name });
  const batches = () => requests.of("POST", /\/batch/).length;

  await tab.open();
  await tab.filter.fill(account.name);
  await tab.filter.press("Enter");
  await expect(tab.heading(account.name)).toBeVisible();
  await expect(tab.accounts).toBeHidden();

  await noteField(tab).focus();
  await tab.root.getByRole("radio", { name: "Call" }).check({ force: true });
  await noteField(tab).fill("Spoke about the offer");
  await tab.button("Log call").click();
  await expect(tab.article("Spoke about the offer")).toBeVisible();

  await tab.details.getByRole("button", { name: /tasks?\b/i }).click();
  const task = tab.root.getByRole("form", { name: "New task" }).getByLabel("Task");
  for (const title of ["Send the offer", "Call again"]) {
    await task.fill(title);
    await task.press("Enter");
    await expect(tab.root.getByRole("checkbox", { name: title, exact: true })).toBeVisible();
  }
  await tab.root.getByRole("checkbox", { name: "Call again", exact: true }).focus();
  await page.keyboard.press("x");
  await select("Send the offer").click();
  await expect(bar("Selected tasks").getByRole("status")).toHaveText("2 selected");
  await bar("Selected tasks").getByRole("button", { name: "Complete" }).click();
  await expect(tab.button("2 done")).toBeVisible();
  await expect.poll(batches).toBe(1);

  // With Shift, those between as well.
  await select(first).click();
  await select(third).click({ modifiers: ["Shift"] });
  await expect(bar("Selected activities").getByRole("status")).toHaveText("3 selected");
  await bar("Selected activities").getByRole("button", { name: "Pin", exact: true }).click();
  await expect(tab.pinnedCount).toHaveText("3");
  await expect.poll(batches).toBe(2);
  await expect(bar("Selected activities")).toHaveCount(0);
  await tab.button("Undo").click();
  await expect(tab.pinnedCount).not.toHaveText("3");
  await expect.poll(async () => (await api.account(account.id)).pinnedCount).toBe(0);

  const edit = new EditForm(tab);
  await edit.open();
  await edit.text("Notes").fill("Mine");
  await api.send("PATCH", `/accounts/${account.id}`, { notes: "Theirs" });
  await expect(edit.form.getByText("changed it to “Theirs”")).toBeVisible();
  await edit.save.click();
  await edit.dialog.getByRole("radio", { name: /^Mine/ }).click();
  await edit.dialog.getByRole("button", { name: "Save" }).click();
  await expect(edit.form).toHaveCount(0);
  expect((await api.account(account.id)).notes).toBe("Mine");

  // Of three rows one is deleted by somebody else while this tab is offline.
  await page.context().setOffline(true);
  for (const title of [first, second, third]) await select(title).click();
  await bar("Selected activities").getByRole("button", { name: "Pin", exact: true }).click();
  await expect(outboxButton(tab)).toHaveAccessibleName(/3 waiting/);
  await api.send("DELETE", `/activities/${account.rows[1]?.id}`);
  await page.context().setOffline(false);
  await expect(tab.root.getByText(`Couldn't pin “${second}”`)).toBeVisible();
  await expect(outboxButton(tab)).toHaveAccessibleName(/1 not saved/);
  await expect(tab.pinnedCount).toHaveText("2");
  await outboxButton(tab).click();
  await tab.button("Discard").click();
  await page.keyboard.press("Escape");

  await tab.button("All accounts").click();
  await expect(tab.accounts).toBeVisible();
  await page.goBack();
  await expect(tab.heading(account.name)).toBeVisible();
});
