import AxeBuilder from "@axe-core/playwright";
import type { Locator } from "@playwright/test";
import { holdRequests, isWrite } from "./hold-requests.ts";
import type { Tab } from "./tab.ts";
import { expect, test } from "./test.ts";

/** The form that edits an account, in one tab. */
class EditForm {
  readonly tab: Tab;
  constructor(tab: Tab) {
    this.tab = tab;
  }

  get form(): Locator {
    return this.tab.details.getByRole("form", { name: /^Edit / });
  }
  get edit(): Locator {
    return this.tab.details.getByRole("button", { name: "Edit", exact: true });
  }
  get save(): Locator {
    return this.form.getByRole("button", { name: /^Sav/ });
  }
  get changes(): Locator {
    return this.form.getByRole("status", { name: "Changes meanwhile" });
  }
  get dialog(): Locator {
    return this.tab.root.getByRole("dialog");
  }
  text(label: "Name" | "Notes"): Locator {
    return this.form.getByRole("textbox", { name: label });
  }
  choice(label: "Status" | "Plan" | "Owner"): Locator {
    return this.form.getByRole("combobox", { name: label });
  }

  async open(): Promise<void> {
    await this.edit.click();
    await expect(this.text("Name")).toBeFocused();
  }
  async choose(label: "Status" | "Plan" | "Owner", option: string): Promise<void> {
    await this.choice(label).click();
    await this.tab.root.getByRole("option", { name: option, exact: true }).click();
    await expect(this.choice(label)).toContainText(option);
  }
  /** Saves, and waits until the server has confirmed. */
  async saved(): Promise<void> {
    await this.save.click();
    await expect(this.form).toHaveCount(0);
  }
}

test("two tabs edit different fields at once: both are kept, and nobody is asked", async ({
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

for (const side of ["Mine", "Theirs"] as const) {
  test(`two tabs edit the same field: one is asked, and "${side}" is what counts`, async ({
    shell,
    api,
    page,
  }) => {
    const account = await api.makeAccount(1);
    await shell.openOn(account.name);
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
    await b.dialog.getByRole("button", { name: "Save" }).click();
    await expect(b.form).toHaveCount(0);

    const { name, notes } = await api.account(account.id);
    expect(name).toBe(`${account.name} by ${side === "Mine" ? "B" : "A"}`);
    expect(notes).toBe("Only B wrote this");
    for (const tab of [shell.a, shell.b]) await expect(tab.heading(name)).toBeVisible();
    await expect(shell.b.button("Continue")).toHaveCount(0);
  });
}

test("Cancel in the question keeps all that was typed, and it can be taken back by a button", async ({
  shell,
  api,
  page,
}) => {
  const account = await api.makeAccount(1);
  await shell.openOn(account.name);
  const a = new EditForm(shell.a);
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

test("somebody who is faster than the save on its way makes a question, not a loss", async ({
  shell,
  api,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/409/);
  const account = await api.makeAccount(1);
  await shell.openOn(account.name);
  const a = new EditForm(shell.a);
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

test("a change from outside is told as such, fills what nobody types in, and overwrites nothing", async ({
  shell,
  api,
}) => {
  const account = await api.makeAccount(1);
  await shell.openOn(account.name);
  const a = new EditForm(shell.a);
  await a.open();
  await a.text("Notes").fill("Half a sen");
  await api.send("PATCH", `/accounts/${account.id}`, { notes: "By curl", plan: "Starter" });

  await expect(a.changes).toHaveText("Plan and Notes changed by hand or by a script");
  await expect(a.form.getByText("A hand edit or a script changed it to “By curl”")).toBeVisible();
  await expect(a.choice("Plan")).toHaveText("Starter");
  await expect(a.text("Notes")).toHaveValue("Half a sen");
});

test("what the form can know to be wrong is said beside the field, and nothing is sent", async ({
  shell,
  api,
  requests,
}) => {
  const account = await api.makeAccount(1);
  await shell.openOn(account.name);
  const a = new EditForm(shell.a);
  await a.open();
  await a.text("Name").fill(" ");
  await a.save.click();
  await expect(a.text("Name")).toHaveAccessibleDescription("Name cannot be empty.");
  await expect(a.text("Name")).toHaveAttribute("aria-invalid", "true");
  await expect(a.text("Name")).toBeFocused();
  await a.text("Name").fill("x".repeat(201));
  await expect(a.text("Name")).toHaveAccessibleDescription(/At most 200 characters/);
  await a.text("Name").fill(account.name);
  await expect(a.text("Name")).toHaveAccessibleDescription("");
  await expect(a.save).toBeDisabled();
  expect(requests.of("PATCH")).toEqual([]);
});

test("what the server refuses about a field is said beside it", async ({
  shell,
  api,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/422/);
  const account = await api.makeAccount(1);
  await shell.openOn(account.name);
  await page.route(`**/api/accounts/${account.id}`, (route) =>
    isWrite(route.request())
      ? route.fulfill({
          status: 422,
          contentType: "application/problem+json",
          json: {
            title: "Cannot be accepted",
            status: 422,
            detail: "name: is on a list of names that nobody may have",
            field: "/name",
          },
        })
      : route.fallback(),
  );
  const a = new EditForm(shell.a);
  await a.open();
  await a.text("Name").fill("Forbidden");
  await a.choose("Plan", "Enterprise");
  await a.save.click();
  await expect(a.text("Name")).toHaveAccessibleDescription(
    "Is on a list of names that nobody may have",
  );
  await expect(a.text("Name")).toBeFocused();
  await expect(a.text("Name")).toHaveValue("Forbidden");
  await expect(a.choice("Plan")).toHaveText("Enterprise");
  await expect(shell.a.heading(account.name)).toBeVisible();
});

test("a save that fails keeps what was typed, says why, and works the next time", async ({
  shell,
  api,
  expectedErrors,
}) => {
  expectedErrors.push(/503/);
  const account = await api.makeAccount(1);
  await shell.openOn(account.name);
  await api.faults({ failNextWrites: 1 });
  const a = new EditForm(shell.a);
  await a.open();
  await a.text("Notes").fill("Worth keeping");
  await a.save.click();
  await expect(a.form.getByRole("alert")).toContainText("The server could not do this");
  await expect(a.text("Notes")).toHaveValue("Worth keeping");
  await expect(shell.a.button("Try again")).toHaveCount(0);

  await a.saved();
  expect((await api.account(account.id)).notes).toBe("Worth keeping");
});

test("a half-typed edit outlives a reload: it is offered, gone on with, or let go of", async ({
  shell,
  api,
}) => {
  const account = await api.makeAccount(1);
  await shell.openOn(account.name);
  const a = new EditForm(shell.a);
  const offer = shell.a.details.getByText(/^You began to edit this account/);
  await a.open();
  await a.text("Name").fill("Half a na");
  await a.choose("Status", "At risk");
  await shell.button("Reload Tab A").click();
  await expect(offer).toHaveText("You began to edit this account just now");
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

test("another account, and a panel that is hidden, lose nothing of it", async ({ shell, api }) => {
  const [one, other] = [await api.makeAccount(1), await api.makeAccount(1)];
  await shell.openOn(one.name);
  const a = new EditForm(shell.a);
  await a.open();
  await a.text("Notes").fill("Not done");
  await shell.a.choose(other.name);
  await expect(shell.a.button("Continue")).toHaveCount(0);
  await shell.a.choose(one.name);
  await shell.a.button("Hide details").click();
  await shell.a.button("Show details").click();
  await shell.a.button("Continue").click();
  await expect(a.text("Notes")).toHaveValue("Not done");

  await a.text("Notes").fill("");
  await a.form.getByRole("button", { name: "Close" }).click();
  await expect(shell.a.button("Continue")).toHaveCount(0);
});

test("who edits is seen in the other tab, which can go there, and is gone with the tab", async ({
  shell,
  api,
}) => {
  const account = await api.makeAccount(1);
  await shell.openOn(account.name);
  const [a, b] = [new EditForm(shell.a), new EditForm(shell.b)];
  await b.open();
  await expect(shell.a.details.getByText("Being edited in Tab B")).toBeVisible();
  await expect(shell.a.account(account.name)).toHaveAccessibleName(/Being edited in Tab B/);
  await b.form.getByRole("button", { name: "Close" }).click();
  await expect(shell.a.details.getByText(/Being edited/)).toHaveCount(0);

  await a.open();
  await b.open();
  await expect(shell.b.details.getByText("Being edited in Tab A")).toBeVisible();
  await shell.button("Hide Tab B").click();
  await shell.a.button("Go to Tab B").click();
  await expect(shell.button("Hide Tab B")).toBeVisible();
  await shell.button("Close Tab B").click();
  await expect(shell.a.details.getByText(/Being edited/)).toHaveCount(0);
  await expect(shell.a.account(account.name)).not.toHaveAccessibleName(/Being edited/);
});

test("saved offline: the form closes, the values are shown as waiting, and go out by themselves", async ({
  shell,
  api,
  context,
  expectedErrors,
}) => {
  // The second edit was made before the first had its version.
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

test("what is typed while an earlier edit waits outlives the confirmation of that one", async ({
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

for (const side of ["Mine", "Theirs"] as const)
  test(`what is typed after an edit was refused outlives it, settled for "${side}"`, async ({
    shell,
    api,
    page,
    context,
    expectedErrors,
  }) => {
    expectedErrors.push(/ERR_INTERNET_DISCONNECTED|409/);
    const account = await api.makeAccount(1);
    await shell.openOn(account.name);
    const a = new EditForm(shell.a);
    await a.open();
    await a.text("Name").fill("First name");
    await context.setOffline(true);
    await expect(shell.a.sync).toHaveText("Offline");
    await a.saved();
    await api.send("PATCH", `/accounts/${account.id}`, { name: "Their name" });
    await context.setOffline(false);
    const unsent = shell.a.root.getByRole("button", { name: /^Unsent changes/ });
    await expect(unsent).toHaveText("1 conflict");

    await a.open();
    await a.text("Notes").fill("Typed since");
    await a.form.getByRole("button", { name: "Close" }).click();
    await unsent.click();
    await shell.a.button("Resolve").click();
    const question = shell.a.root.getByRole("dialog", { name: /changed this too/ });
    await question.getByRole("radio", { name: new RegExp(`^${side}`) }).click();
    await question.getByRole("button", { name: "Save" }).click();
    const list = shell.a.root.getByRole("dialog", { name: "Unsent changes" });
    await expect(list).toContainText("Everything has arrived");
    await page.keyboard.press("Escape");

    await shell.a.button("Continue").click();
    await expect(a.text("Notes")).toHaveValue("Typed since");
    const name = side === "Mine" ? "First name" : "Their name";
    expect((await api.account(account.id)).name).toBe(name);
  });

test("with the keyboard alone: open, choose, save and leave, with the focus where it belongs", async ({
  shell,
  api,
  page,
}) => {
  const account = await api.makeAccount(1);
  await shell.openOn(account.name);
  const a = new EditForm(shell.a);
  await a.edit.focus();
  await page.keyboard.press("Enter");
  await expect(a.text("Name")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(a.choice("Status")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(shell.a.root.getByRole("option", { name: "Active" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(a.choice("Status")).toHaveText("Trial");
  await expect(a.choice("Status")).toBeFocused();
  await page.keyboard.press("Control+Enter");
  await expect(a.edit).toBeFocused();
  expect((await api.account(account.id)).status).toBe("trial");

  await page.keyboard.press("Enter");
  await page.keyboard.type("!");
  await a.choice("Plan").press("Enter");
  await expect(shell.a.root.getByRole("listbox")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(shell.a.root.getByRole("listbox")).toHaveCount(0);
  await expect(a.form).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(a.edit).toBeFocused();
  await expect(shell.a.button("Continue")).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`${colorScheme}: axe finds nothing in the form, its errors and its question`, async ({
    shell,
    api,
    page,
  }) => {
    const violations = async () => {
      const builder = new AxeBuilder({ page }).disableRules("landmark-unique");
      const { violations } = await builder.analyze();
      return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
    };
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const account = await api.makeAccount(1);
    await shell.openOn(account.name);
    const a = new EditForm(shell.a);
    await a.open();
    await expect(shell.b.details.getByText("Being edited in Tab A")).toBeVisible();
    await a.text("Name").fill("");
    await a.choose("Plan", "Enterprise");
    await api.send("PATCH", `/accounts/${account.id}`, { name: "Theirs", plan: "Starter" });
    await expect(a.form.getByText("changed it to “Starter”")).toBeVisible();
    await expect(a.text("Name")).toHaveAccessibleDescription("Name cannot be empty.");
    expect(await violations()).toEqual([]);

    await a.text("Name").fill("Mine");
    await a.save.click();
    await expect(a.dialog.getByRole("radio", { name: /^Mine/ })).toHaveCount(2);
    const inDialog = new AxeBuilder({ page }).include(["iframe[title='Tab A']", "[role=dialog]"]);
    expect((await inDialog.analyze()).violations).toEqual([]);
  });
}
