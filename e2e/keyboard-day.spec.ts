import { axeViolations } from "./support/axe-violations.ts";
import { EditForm } from "./support/edit-form.ts";
import type { Tab } from "./support/tab.ts";
import { expect, test } from "./support/test.ts";

const search = (tab: Tab) => tab.root.getByRole("combobox", { name: "Search and commands" });
const option = (tab: Tab, name: RegExp) => tab.root.getByRole("option", { name });

test("by keyboard alone: find an account, log a call, set a task, pin, undo, settle a conflict, work offline, find the call again and go back", async ({
  shell,
  page,
  context,
  api,
  expectedErrors,
}) => {
  expectedErrors.push(/409|ERR_INTERNET_DISCONNECTED/);
  // A whole day.
  test.setTimeout(120_000);
  const account = await api.makeAccount(3);
  const { keyboard } = page;
  const tab = shell.a;
  await shell.open();
  await tab.account("Northgate Logistics").waitFor();

  // Pressed in the shell's own document: the first pane has the commands of both.
  await keyboard.press("Control+k");
  await expect(search(tab)).toBeFocused();
  await expect(option(tab, /^Add tab(?!:)/)).toBeVisible();
  expect(await axeViolations(page, { part: ['iframe[title="Tab A"]', '[role="dialog"]'] })).toEqual(
    [],
  );
  await keyboard.type(account.name);
  await expect(option(tab, new RegExp(`^${account.name}`)).first()).toHaveAttribute(
    "data-highlighted",
  );
  await keyboard.press("Enter");
  await expect(tab.heading(account.name)).toBeVisible();
  await expect(search(tab)).toHaveCount(0);
  await tab.articles.first().waitFor();

  await keyboard.press("c");
  await expect(tab.root.getByRole("textbox", { name: "Note" })).toBeFocused();
  const call = `Spoke about ${account.name}`;
  await keyboard.type(call);
  await keyboard.press("Control+Enter");
  await expect(tab.article(call)).toBeVisible();
  await keyboard.press("Escape");

  await keyboard.press("t");
  await expect(tab.root.getByRole("textbox", { name: "Task" })).toBeFocused();
  await keyboard.type("Send the offer");
  await keyboard.press("Enter");
  await expect(
    tab.root.getByRole("checkbox", { name: "Send the offer", exact: true }),
  ).toBeVisible();

  await tab.article(call).focus();
  await keyboard.press("Tab");
  await expect(tab.pin(tab.article(call))).toBeFocused();
  await keyboard.press("Space");
  await expect(tab.pinnedCount).toHaveText("1");
  await keyboard.press("Control+z");
  await expect(tab.pinnedCount).not.toHaveText("1");

  // Two at once.
  await tab.article(call).focus();
  await keyboard.press("x");
  await keyboard.press("Shift+ArrowDown");
  const selected = tab.root.getByRole("toolbar", { name: "Selected activities" });
  await expect(selected.getByRole("status")).toHaveText("2 selected");
  await selected.getByRole("button", { name: "Pin", exact: true }).press("Enter");
  await expect(tab.pinnedCount).toHaveText("2");
  await expect(tab.article(call)).toBeFocused();
  await keyboard.press("Control+z");
  await expect(tab.pinnedCount).not.toHaveText("2");

  // Somebody else renames the account meanwhile.
  await keyboard.press("e");
  const form = new EditForm(tab);
  await expect(form.text("Name")).toBeFocused();
  await keyboard.press("Control+a");
  await keyboard.type("Ours");
  await api.send("PATCH", `/accounts/${account.id}`, { name: "Theirs" });
  await expect(form.form.getByText("changed it to “Theirs”")).toBeVisible();
  await keyboard.press("Control+Enter");
  await expect(form.dialog.getByRole("radio", { name: /^Mine/ })).toBeFocused();
  await keyboard.press("ArrowUp");
  await expect(form.dialog.getByRole("radio", { name: /^Theirs/ })).toBeChecked();
  await keyboard.press("ArrowDown");
  await keyboard.press("Control+Enter");
  await expect(form.form).toHaveCount(0);
  await expect(tab.heading("Ours")).toBeVisible();
  expect((await api.account(account.id)).name).toBe("Ours");

  // On the train.
  await context.setOffline(true);
  await expect(tab.sync).toHaveText("Offline");
  await keyboard.press("n");
  await keyboard.type("Written on the train");
  await keyboard.press("Control+Enter");
  await keyboard.press("Escape");
  await expect(tab.article("Written on the train").getByText("Waiting")).toBeVisible();
  await context.setOffline(false);
  await expect(tab.sync).toHaveText("Up to date");
  await expect(shell.b.root.getByText(/Ours/).first()).toBeVisible();
  expect((await api.rows(account.id)).map(({ title }) => title)).toContain("Written on the train");

  // From anywhere to what was said, and to another pane.
  await keyboard.press("o");
  await expect(tab.root.getByRole("heading", { name: "Overview" })).toBeVisible();
  await keyboard.press("Control+k");
  await keyboard.type(call);
  await expect(option(tab, new RegExp(`^${call}`))).toContainText("Ours");
  await keyboard.press("Enter");
  await expect(tab.article(call)).toBeFocused();
  await keyboard.press("Control+k");
  await keyboard.type("go to tab b");
  await expect(option(tab, /^Go to Tab B/)).toHaveAttribute("data-highlighted");
  await keyboard.press("Enter");
  await expect(shell.frame("Tab B")).toBeFocused();
  await keyboard.press("?");
  const shortcuts = shell.b.root.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(shortcuts.getByText("Log a call")).toBeVisible();
  await expect(shortcuts.getByText("Go to Tab A")).toBeVisible();
  expect(await axeViolations(page, { part: ['iframe[title="Tab B"]', '[role="dialog"]'] })).toEqual(
    [],
  );
  await keyboard.press("Escape");
  await expect(shortcuts).toHaveCount(0);

  // The browser's own key.
  await page.goBack();
  await expect(tab.root.getByRole("heading", { name: "Overview" })).toBeVisible();
  await page.goBack();
  await expect(tab.heading("Ours")).toBeVisible();
});
