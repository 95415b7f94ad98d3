import { expectNoViolations } from "./support/axe-violations.ts";
import { EditForm } from "./support/edit-form.ts";
import { isWrite } from "./support/hold-requests.ts";
import { expect, test } from "./support/test.ts";

test("an invalid value is reported beside its field, axe finds nothing there, and nothing is sent", async ({
  tab,
  api,
  page,
  requests,
}) => {
  const account = await api.makeAccount(1);
  await tab.openOn(account);
  const a = new EditForm(tab);
  await a.open();
  await a.text("Name").fill(" ");
  await a.save.click();
  await expect(a.text("Name")).toHaveAccessibleDescription("Name cannot be empty.");
  await expect(a.text("Name")).toHaveAttribute("aria-invalid", "true");
  await expect(a.text("Name")).toBeFocused();
  await expectNoViolations(page);
  await a.text("Name").fill("x".repeat(201));
  await expect(a.text("Name")).toHaveAccessibleDescription(/At most 200 characters/);
  await a.text("Name").fill(account.name);
  await expect(a.text("Name")).toHaveAccessibleDescription("");
  await expect(a.save).toBeDisabled();
  expect(requests.of("PATCH")).toEqual([]);
});

test("a field that the server refuses has the reason beside it", async ({
  tab,
  api,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/422/);
  const account = await api.makeAccount(1);
  await tab.openOn(account);
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
  const a = new EditForm(tab);
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
  await expect(tab.heading(account.name)).toBeVisible();
});

test("a save that fails keeps what was typed, shows the reason, and can be repeated", async ({
  tab,
  api,
  expectedErrors,
}) => {
  expectedErrors.push(/503/);
  const account = await api.makeAccount(1);
  await tab.openOn(account);
  await api.faults({ failNextWrites: 1 });
  const a = new EditForm(tab);
  await a.open();
  await a.text("Notes").fill("Worth keeping");
  await a.save.click();
  await expect(a.form.getByRole("alert")).toContainText("Something went wrong on our side");
  await expect(a.text("Notes")).toHaveValue("Worth keeping");
  await expect(tab.button("Try again")).toHaveCount(0);

  await a.saved();
  expect((await api.account(account.id)).notes).toBe("Worth keeping");
});

test("an edit in progress is shown in the other tab, with a way to go there, until its tab closes", async ({
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

test("amount, days, industry and city are edited as people write them, emptied, merged and taken back", async ({
  shell,
  api,
}) => {
  const account = await api.makeAccount(1);
  await shell.openOn(account.name);
  const [a, b] = [new EditForm(shell.a), new EditForm(shell.b)];
  await a.open();
  await a.text("MRR").fill("12a");
  await a.day("Renewal").fill("2027-01-31");
  await a.text("City").fill(" Graz ");
  await a.save.click();
  await expect(a.text("MRR")).toHaveAccessibleDescription(/^Enter an amount/);
  await a.text("MRR").fill("$1 250.5");
  await expect(a.text("MRR")).toHaveAccessibleDescription("");
  await a.saved();
  await expect(shell.b.details.getByText("$1,251")).toBeVisible();
  const filled = { mrr: 1250.5, renewalDate: "2027-01-31", city: "Graz" };
  expect(await api.account(account.id)).toMatchObject(filled);

  await b.open();
  await expect(b.text("MRR")).toHaveValue("1250.5");
  await b.text("MRR").fill("300");
  await api.send("PATCH", `/accounts/${account.id}`, { mrr: 400, industry: "Toys" });
  await expect(b.form.getByText("changed it to “$400”")).toBeVisible();
  await b.save.click();
  await expect(b.dialog.getByRole("radio", { name: /^Theirs/ })).toBeVisible();
  await expect(b.dialog.getByRole("radio", { name: "Both" })).toHaveCount(0);
  await b.dialog.getByRole("button", { name: "Save" }).click();
  await expect(b.form).toHaveCount(0);
  await expect(shell.a.details.getByText("$300", { exact: true })).toBeVisible();

  await a.open();
  for (const field of [a.text("MRR"), a.day("Renewal"), a.text("City")]) await field.fill("");
  await a.saved();
  const emptied = await api.account(account.id);
  for (const name of ["mrr", "renewalDate", "city"]) expect(emptied).not.toHaveProperty(name);
  expect(emptied).toMatchObject({ industry: "Toys" });
  await a.edit.press("Control+z");
  await expect.poll(() => api.account(account.id)).toMatchObject({ ...filled, mrr: 300 });
});

test("with the keyboard alone: open, choose, save and leave, and focus returns to where it was", async ({
  tab,
  api,
  page,
}) => {
  const account = await api.makeAccount(1);
  await tab.openOn(account);
  const a = new EditForm(tab);
  await a.edit.focus();
  await page.keyboard.press("Enter");
  await expect(a.text("Name")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(a.choice("Status")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(tab.root.getByRole("option", { name: "Active" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(a.choice("Status")).toHaveText("Trial");
  await expect(a.choice("Status")).toBeFocused();
  await page.keyboard.press("Control+Enter");
  await expect(a.edit).toBeFocused();
  expect((await api.account(account.id)).status).toBe("trial");

  await page.keyboard.press("Enter");
  await expect(a.text("Name")).toBeFocused();
  await page.keyboard.type("!");
  await a.choice("Plan").press("Enter");
  await expect(tab.root.getByRole("listbox")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(tab.root.getByRole("listbox")).toHaveCount(0);
  await expect(a.form).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(a.edit).toBeFocused();
  await expect(tab.button("Continue")).toBeVisible();
});
