import type { Task } from "#contract/rows.ts";
import { holdRequests } from "./support/hold-requests.ts";
import { isAnyWrite, outboxButton } from "./support/notes.ts";
import type { Tab } from "./support/tab.ts";
import { expect, test } from "./support/test.ts";

const tasksButton = (tab: Tab) => tab.details.getByRole("button", { name: /tasks?\b/i });
const openTasks = (tab: Tab) => tab.details.getByRole("list", { name: "Open tasks" });
const checkbox = (tab: Tab, title: string) =>
  tab.details.getByRole("checkbox", { name: title, exact: true });

test("a task is added, completed offline, renamed and deleted, in step in both tabs and without a read", async ({
  shell,
  api,
  page,
  requests,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(/INTERNET_DISCONNECTED/);
  const account = await api.makeAccount(2);
  await shell.openOn(account.name);
  for (const tab of [shell.a, shell.b]) await tasksButton(tab).click();
  const field = shell.a.root.getByRole("form", { name: "New task" }).getByLabel("Task");
  await field.waitFor();
  requests.clear();
  const held = await holdRequests(page, isAnyWrite);
  await field.fill("Send the draft");
  const yesterday = new Date(Date.now() - 36 * 3_600_000).toISOString().slice(0, 10);
  await shell.a.root.getByLabel("Due").fill(yesterday);
  await field.press("Enter");
  await expect(openTasks(shell.a).getByText(/^Overdue/)).toBeVisible();
  await expect(field).toHaveValue("");
  await expect(openTasks(shell.b)).toHaveCount(0);
  await held.arrived(1);
  await held.pass(0);
  await expect(checkbox(shell.b, "Send the draft")).toBeVisible();
  await expect(tasksButton(shell.b)).toHaveText("1 task1 overdue");
  await page.unroute("**/api/**");

  await context.setOffline(true);
  await checkbox(shell.a, "Send the draft").press("Space");
  await expect(field).toBeFocused();
  await expect(openTasks(shell.a)).toHaveCount(0);
  await expect(outboxButton(shell.a)).toBeVisible();
  await expect(checkbox(shell.b, "Send the draft")).not.toBeChecked();
  await context.setOffline(false);
  await expect(openTasks(shell.b)).toHaveCount(0);
  await shell.b.button("1 done").click();
  await checkbox(shell.b, "Send the draft").press("Space");
  await shell.b.details.getByRole("button", { name: "Send the draft" }).click();
  await shell.b.root.getByRole("form", { name: "Edit task" }).getByLabel("Task").fill("Send it");
  await page.keyboard.press("Enter");
  await expect(checkbox(shell.a, "Send it")).not.toBeChecked();
  await shell.a.togglePin(shell.a.articles.first());
  await expect(shell.b.pinnedCount).toHaveText("1");
  expect(requests.of("GET", /tasks|activities|accounts/)).toEqual([]);

  await shell.a.details.getByRole("button", { name: "Send it" }).click();
  await shell.a.button("Delete").click();
  await expect(checkbox(shell.b, "Send it")).toHaveCount(0);
  await shell.a.button("Undo").click();
  await expect(checkbox(shell.b, "Send it")).toBeVisible();
});

test("of two names of a task the user decides, and the other fields are merged", async ({
  tab,
  api,
  expectedErrors,
}) => {
  expectedErrors.push(/409/);
  const account = await api.makeAccount(1);
  const task = { accountId: account.id, title: "Call back" };
  const { id } = await api.send<Task>("POST", "/tasks", task);
  await tab.openOn(account);
  await tasksButton(tab).click();
  await tab.details.getByRole("button", { name: "Call back" }).click();
  const form = tab.root.getByRole("form", { name: "Edit task" });
  await form.getByLabel("Task").fill("Call them today");
  await api.send("PATCH", `/tasks/${id}`, { title: "Call on Monday", dueDate: "2031-01-06" });
  await form.getByLabel("Task").press("Enter");
  await tab.button("Resolve conflict").click();
  await expect(tab.root.getByRole("dialog").getByText("Call on Monday")).toBeVisible();
  await tab.root.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(checkbox(tab, "Call them today")).toBeVisible();
  await expect
    .poll(() => api.send<Task>("GET", `/tasks/${id}`))
    .toMatchObject({ title: "Call them today", dueDate: "2031-01-06" });
});
