import { EditForm } from "./support/edit-form.ts";
import { holdRequests, isWrite } from "./support/hold-requests.ts";
import { expect, test } from "./support/test.ts";

test("two tabs edit different fields at once: both edits are kept, without a question", async ({
  shell,
  api,
}) => {
  const account = await api.makeAccount(1);
  await shell.openOn(account.name);
  const [a, b] = [new EditForm(shell.a), new EditForm(shell.b)];
  await a.open();
  await b.open();
  await a.text("Name").fill(`${account.name} AB`);
  await b.choose("Plan", "Enterprise");
  await b.choose("Owner", "Maya Lindqvist");
  await a.saved();
  await expect(b.text("Name")).toHaveValue(`${account.name} AB`);
  await expect(b.changes).toHaveText("Name changed in Tab A");
  await b.saved();

  const { name, plan, ownerId } = await api.account(account.id);
  expect([name, plan]).toEqual([`${account.name} AB`, "Enterprise"]);
  expect(ownerId).toBeTruthy();
  for (const tab of [shell.a, shell.b]) {
    await expect(tab.heading(`${account.name} AB`)).toBeVisible();
    await expect(tab.details.getByText("Maya Lindqvist")).toBeVisible();
  }
});

test("two tabs edit the same field: the second to save chooses, and its choice is stored", async ({
  shell,
  api,
  page,
}) => {
  await shell.open();
  for (const side of ["Mine", "Theirs", "Both"] as const) await test.step(side, () => choose(side));

  async function choose(side: "Mine" | "Theirs" | "Both") {
    const account = await api.makeAccount(1);
    for (const tab of [shell.a, shell.b]) await tab.choose(account.name);
    const [a, b] = [new EditForm(shell.a), new EditForm(shell.b)];
    await a.open();
    await b.open();
    await a.text("Name").fill(`${account.name} by A`);
    await b.text("Name").fill(`${account.name} by B`);
    await b.text("Notes").fill("Only B wrote this");
    await a.saved();
    await expect(b.form.getByText(`Tab A changed it to “${account.name} by A”`)).toBeVisible();
    await expect(b.text("Name")).toHaveValue(`${account.name} by B`);

    await b.save.click();
    await expect(b.dialog).toHaveAccessibleName("Tab A changed this too");
    await expect(b.dialog.getByText(`Was: ${account.name}`)).toBeVisible();
    const radio = (name: RegExp) => b.dialog.getByRole("radio", { name });
    await expect(radio(/^Theirs.*by A$/)).not.toBeChecked();
    await expect(radio(/^Mine.*by B$/)).toBeChecked();
    if (side === "Theirs") {
      await page.keyboard.press("ArrowUp");
      await expect(radio(/^Theirs/)).toBeChecked();
    }
    if (side === "Both") {
      await page.keyboard.press("ArrowDown");
      const both = b.dialog.getByRole("textbox", { name: "Name, from both" });
      await expect(both).toHaveValue(`${account.name} by A by B`);
      await both.fill(`${account.name} by A and B`);
    }
    await b.dialog.getByRole("button", { name: "Save" }).click();
    await expect(b.form).toHaveCount(0);

    const { name, notes } = await api.account(account.id);
    const by = { Mine: "B", Theirs: "A", Both: "A and B" }[side];
    expect(name).toBe(`${account.name} by ${by}`);
    expect(notes).toBe("Only B wrote this");
    for (const tab of [shell.a, shell.b]) await expect(tab.heading(name)).toBeVisible();
    await expect(shell.b.button("Continue")).toHaveCount(0);
  }
});

test("cancelling the conflict dialog keeps what was typed, and a button takes the other value", async ({
  tab,
  api,
  page,
}) => {
  const account = await api.makeAccount(1);
  await tab.openOn(account);
  const a = new EditForm(tab);
  await a.open();
  await a.text("Name").fill("Mine");
  await a.text("Notes").fill("Typed as well");
  await api.send("PATCH", `/accounts/${account.id}`, { name: "Theirs" });
  await expect(a.form.getByText("changed it to “Theirs”")).toBeVisible();
  await a.save.click();
  await expect(a.dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(a.dialog).toHaveCount(0);
  await expect(a.text("Name")).toHaveValue("Mine");

  await a.form.getByRole("button", { name: "Use theirs: Name" }).click();
  await expect(a.text("Name")).toHaveValue("Theirs");
  await expect(a.text("Name")).toBeFocused();
  await a.saved();
  const { name, notes } = await api.account(account.id);
  expect([name, notes]).toEqual(["Theirs", "Typed as well"]);
});

test("a change that reaches the server before a save makes a conflict, and loses nothing", async ({
  tab,
  api,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/409/);
  const account = await api.makeAccount(1);
  await tab.openOn(account);
  const a = new EditForm(tab);
  await a.open();
  await a.text("Name").fill("Mine");
  await a.choose("Status", "Churned");
  const held = await holdRequests(page, isWrite);
  await a.save.click();
  await held.arrived(1);
  await expect(a.save).toHaveText("Saving…");
  await api.send("PATCH", `/accounts/${account.id}`, { name: "Theirs" });
  await held.pass(0);

  await expect(a.dialog.getByRole("radio", { name: /^Theirs.*Theirs$/ })).toBeVisible();
  await a.dialog.getByRole("button", { name: "Save" }).click();
  await held.arrived(2);
  await held.pass(1);
  await expect(a.form).toHaveCount(0);
  const { name, status } = await api.account(account.id);
  expect([name, status]).toEqual(["Mine", "churned"]);
});

test("a change from outside is named as such, updates untouched fields, and overwrites nothing typed", async ({
  tab,
  api,
}) => {
  const account = await api.makeAccount(1);
  await tab.openOn(account);
  const a = new EditForm(tab);
  await a.open();
  await a.text("Notes").fill("Half a sen");
  await api.send("PATCH", `/accounts/${account.id}`, { notes: "By curl", plan: "Starter" });

  await expect(a.changes).toHaveText("Plan and Notes changed by hand or by a script");
  await expect(a.form.getByText("A hand edit or a script changed it to “By curl”")).toBeVisible();
  await expect(a.choice("Plan")).toHaveText("Starter");
  await expect(a.text("Notes")).toHaveValue("Half a sen");
});
