import { randomUUID } from "node:crypto";
import { EditForm } from "./support/edit-form.ts";
import { addNote, chooseAction } from "./support/notes.ts";
import { expect, test } from "./support/test.ts";

test("a list is sorted, grouped, filtered and searched by the server, kept in the URL, and follows writes without a read", async ({
  tab,
  api,
  page,
  requests,
}) => {
  const account = await api.makeAccount(1);
  await tab.openOn(account);
  const names = () =>
    tab.accounts.getByRole("button").evaluateAll((all) => all.map((each) => each.textContent));
  await tab.button("Sort and filter accounts").click();
  await tab.root.getByLabel("Sort by").selectOption("Last activity");
  await tab.root.getByLabel("Plan").selectOption("Growth");
  await expect(page).toHaveURL(/plan=Growth&sort=-lastActivityAt$/);
  await expect(tab.account("Harrow & Vale")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(tab.sync).toHaveText("Up to date");
  await expect(tab.account("Verdant Grocers")).toHaveCount(1);
  requests.clear();

  // Somebody else logs a call with one, and another gets another plan.
  await api.makeActivity("acc-10", { kind: "call", title: "Call", at: new Date().toISOString() });
  await expect.poll(async () => (await names())[0]).toMatch(/Verdant Grocers/);
  await api.send("PATCH", "/accounts/acc-02", { plan: "Enterprise" });
  await expect(tab.account("Bluepine Analytics")).toHaveCount(0);
  await api.send("PATCH", "/accounts/acc-02", { plan: "Growth" });
  await tab.togglePin(tab.articles.first());
  await expect(tab.pinnedCount).toHaveText("1");
  expect(requests.of("GET", /^GET \/accounts\?/).length).toBeLessThanOrEqual(1);
  expect(requests.of("GET", /^GET \/activities/)).toEqual([]);

  await tab.button("Sort and filter accounts").click();
  await tab.root.getByLabel("Group by").selectOption("Status");
  await page.keyboard.press("Escape");
  const groupOf = (name: string) =>
    tab.account(name).evaluate((button) => {
      let at = button.closest("li")?.previousElementSibling;
      while (at && !at.matches("[data-heading]")) at = at.previousElementSibling;
      return at?.textContent;
    });
  await expect.poll(() => groupOf("Bluepine Analytics")).toBe("Active");
  await api.send("PATCH", "/accounts/acc-02", { status: "trial" });
  await expect.poll(() => groupOf("Bluepine Analytics")).toBe("Trial");
  await api.send("PATCH", "/accounts/acc-02", { status: "active" });
  await expect.poll(() => groupOf("Bluepine Analytics")).toBe("Active");

  await tab.articles.first().focus();
  await page.keyboard.press("/");
  await expect(tab.filter).toBeFocused();
  await page.keyboard.type("verd");
  await page.keyboard.press("Enter");
  await expect(tab.heading("Verdant Grocers")).toBeVisible();
  await expect(tab.accounts.getByRole("button")).toHaveCount(1);
  await page.reload();
  await expect(tab.accounts.getByRole("button")).toHaveCount(1);
  await expect(tab.filter).toHaveValue("verd");
});

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
