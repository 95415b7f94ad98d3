import { EditForm } from "./support/edit-form.ts";
import { expect, test } from "./support/test.ts";

test("a half-typed edit survives a reload, and can be continued or discarded", async ({
  shell,
  api,
}) => {
  const account = await api.makeAccount(1);
  await shell.openOn(account.name);
  const a = new EditForm(shell.a);
  const offer = shell.a.details.getByText(/^You have unsaved edits from/);
  await a.open();
  await a.text("Name").fill("Half a na");
  await a.choose("Status", "At risk");
  await shell.button("Reload Tab A").click();
  await expect(offer).toHaveText("You have unsaved edits from just now");
  await expect(shell.a.heading(account.name)).toBeVisible();

  await api.send("PATCH", `/accounts/${account.id}`, { name: "Meanwhile", plan: "Free" });
  await expect(shell.a.heading("Meanwhile")).toBeVisible();
  await shell.a.button("Continue").click();
  await expect(a.text("Name")).toHaveValue("Half a na");
  await expect(a.choice("Status")).toHaveText("At risk");
  await expect(a.choice("Plan")).toHaveText("Free");
  await expect(a.changes).toContainText("Name changed");
  await expect(a.form.getByText("changed it to “Meanwhile”")).toBeVisible();

  await a.form.getByRole("button", { name: "Close" }).click();
  await shell.a.button("Discard").click();
  await expect(offer).toHaveCount(0);
  await a.open();
  await expect(a.text("Name")).toHaveValue("Meanwhile");
});

test("choosing another account, or hiding the panel, loses nothing typed", async ({ tab, api }) => {
  const [one, other] = [await api.makeAccount(1), await api.makeAccount(1)];
  await tab.openOn(one);
  const a = new EditForm(tab);
  await a.open();
  await a.text("Notes").fill("Not done");
  await tab.choose(other.name);
  await expect(tab.button("Continue")).toHaveCount(0);
  await tab.choose(one.name);
  await tab.button("Hide details").click();
  await tab.button("Show details").click();
  await tab.button("Continue").click();
  await expect(a.text("Notes")).toHaveValue("Not done");

  await a.text("Notes").fill("");
  await a.form.getByRole("button", { name: "Close" }).click();
  await expect(tab.button("Continue")).toHaveCount(0);
});

test("saved offline: the form closes, the values are shown as waiting, and are sent once online", async ({
  shell,
  api,
  context,
  expectedErrors,
}) => {
  // The second edit began before the first had its version.
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/, /409/);
  const account = await api.makeAccount(1);
  await shell.openOn(account.name);
  const a = new EditForm(shell.a);
  await a.open();
  await a.text("Name").fill(`${account.name} AB`);
  await context.setOffline(true);
  await expect(shell.a.sync).toHaveText("Offline");
  await a.saved();
  await expect(shell.a.heading(`${account.name} AB`)).toBeVisible();
  await expect(shell.a.details.getByText("Waiting for the network")).toBeVisible();
  await expect(shell.a.account(account.name)).toHaveAccessibleName(/Waiting for the network/);
  await expect(shell.b.heading(account.name)).toBeVisible();
  await expect(shell.a.button("Continue")).toHaveCount(0);

  // An edit on top of the one that waits is no conflict with it.
  await a.open();
  await expect(a.text("Name")).toHaveValue(`${account.name} AB`);
  await expect(a.changes).toBeEmpty();
  await a.text("Notes").fill("Second thoughts");
  await a.saved();
  await context.setOffline(false);
  await expect(shell.b.heading(`${account.name} AB`)).toBeVisible();
  await expect(shell.a.details.getByText("Waiting for the network")).toHaveCount(0);
  await expect.poll(async () => (await api.account(account.id)).notes).toBe("Second thoughts");
});

test("what is typed while an earlier edit waits survives its confirmation", async ({
  shell,
  api,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/);
  const account = await api.makeAccount(1);
  await shell.openOn(account.name);
  const a = new EditForm(shell.a);
  await a.open();
  await a.choose("Plan", "Enterprise");
  await context.setOffline(true);
  await expect(shell.a.sync).toHaveText("Offline");
  await a.saved();
  await a.open();
  await a.text("Notes").fill("Not done");
  await context.setOffline(false);
  await expect(shell.b.details.getByText("Enterprise")).toBeVisible();
  await expect(a.changes).toBeEmpty();

  await shell.button("Reload Tab A").click();
  await shell.a.button("Continue").click();
  await expect(a.text("Notes")).toHaveValue("Not done");
  await expect(a.choice("Plan")).toHaveText("Enterprise");
});

test("what is typed after an edit was refused survives its resolution", async ({
  tab,
  api,
  page,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED|409/);
  for (const side of ["Mine", "Theirs"] as const) await test.step(side, () => resolveAs(side));

  async function resolveAs(side: "Mine" | "Theirs") {
    const account = await api.makeAccount(1);
    await tab.openOn(account);
    const a = new EditForm(tab);
    await a.open();
    await a.text("Name").fill("First name");
    await context.setOffline(true);
    await expect(tab.sync).toHaveText("Offline");
    await a.saved();
    await api.send("PATCH", `/accounts/${account.id}`, { name: "Their name" });
    await context.setOffline(false);
    const unsent = tab.root.getByRole("button", { name: /^Unsent changes/ });
    await expect(unsent).toHaveText("1 conflict");

    await a.open();
    await a.text("Notes").fill("Typed since");
    await a.form.getByRole("button", { name: "Close" }).click();
    await unsent.click();
    await tab.button("Resolve").click();
    const question = tab.root.getByRole("dialog", { name: /changed this too/ });
    await question.getByRole("radio", { name: new RegExp(`^${side}`) }).click();
    await question.getByRole("button", { name: "Save" }).click();
    const list = tab.root.getByRole("dialog", { name: "Unsent changes" });
    await expect(list).toContainText("Everything has arrived");
    await page.keyboard.press("Escape");

    await tab.button("Continue").click();
    await expect(a.text("Notes")).toHaveValue("Typed since");
    const name = side === "Mine" ? "First name" : "Their name";
    expect((await api.account(account.id)).name).toBe(name);
  }
});
