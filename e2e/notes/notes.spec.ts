import { holdRequests } from "../support/hold-requests.ts";
import {
  addNote,
  chooseAction,
  editField,
  expectStored,
  isAnyWrite,
  noteField,
  outboxButton,
  reloadPane,
} from "../support/notes.ts";
import type { Tab } from "../support/tab.ts";
import { expect, expectTruth, test } from "../support/test.ts";

const titles = async (tab: Tab) => (await tab.shownRows()).map(({ title }) => title);

test("a note is shown at once, marked as being sent, and in the other tab once it is confirmed", async ({
  shell,
  api,
  page,
}) => {
  const account = await api.makeAccount(2);
  await shell.openOn(account.name);
  const held = await holdRequests(page, isAnyWrite);
  await addNote(shell.a, "Called back\n\nThey will sign.\nOn Monday.");

  const note = shell.a.article("Called back");
  expect(await titles(shell.a)).toEqual(["Called back", ...account.rows.map(({ title }) => title)]);
  await expect(note.getByText("They will sign.\nOn Monday.")).toBeVisible();
  await expect(note.getByText("Sending…")).toBeVisible();
  await expect(noteField(shell.a)).toHaveValue("");
  await expect(noteField(shell.a)).toBeFocused();
  await held.arrived(1);
  await expect(shell.b.articles).toHaveCount(2);

  await held.pass(0);
  await expect(note.getByText("Sending…")).toHaveCount(0);
  await expect(shell.b.article("Called back")).toHaveCount(1);
  await expectTruth(shell.a, api, account);
  await expectTruth(shell.b, api, account);
  expect(await api.rows(account.id)).toHaveLength(3);
});

test("the first note of an account, written with the keyboard alone", async ({
  tab,
  api,
  page,
}) => {
  const account = await api.makeAccount(0);
  await tab.open();
  await tab.account(account.name).click();
  await expect(tab.root.getByText("No activity yet")).toBeVisible();
  await tab.button("Hide activity").focus();
  await page.keyboard.press("Tab");
  await expect(noteField(tab)).toBeFocused();
  await page.keyboard.type("Called back");
  await page.keyboard.press("Control+Enter");

  await expect(tab.article("Called back")).toBeVisible();
  await expect(tab.root.getByText("No activity yet")).toHaveCount(0);
  await expect.poll(async () => (await api.rows(account.id)).length).toBe(1);
});

test("a note whose answer is lost is written once", async ({ shell, api, expectedErrors }) => {
  expectedErrors.push(/Failed to load resource/);
  const account = await api.makeAccount(2);
  await shell.openOn(account.name);
  await api.faults({ loseNextAnswers: 1 });
  await addNote(shell.a, "Called back");

  await expect(shell.b.article("Called back")).toBeVisible();
  await expect(shell.a.article("Called back").getByText(/Sending|Waiting/)).toHaveCount(0);
  await expectTruth(shell.a, api, account);
  await expectTruth(shell.b, api, account);
  expect(await api.rows(account.id)).toHaveLength(3);
});

test("an empty or too long note is not sent, and the field says why", async ({
  shell,
  api,
  requests,
}) => {
  const account = await api.makeAccount(1);
  await shell.openOn(account.name);
  requests.clear();
  const field = noteField(shell.a);
  await field.click();
  await shell.a.button("Add note").click();
  await expect(field).toHaveAccessibleDescription("Write something first.");

  await field.fill("t".repeat(301));
  await expect(field).toHaveAccessibleDescription(/first line .* 300 .* 301/);
  await field.press("Control+Enter");
  await field.fill(`Title\n${"b".repeat(10_001)}`);
  await expect(field).toHaveAccessibleDescription(/first line .* 10,000 .* 10,001/);
  await field.press("Control+Enter");
  await expect(field).toHaveAttribute("aria-invalid", "true");

  await field.fill(`Title\n${"b".repeat(10_000)}`);
  await expect(field).toHaveAttribute("aria-invalid", "false");
  await field.press("Control+Enter");
  await expect(shell.b.article("Title")).toBeVisible();
  expect(requests.of("POST")).toHaveLength(1);
});

test("a note that the server refuses returns to the field, with the server's reason", async ({
  shell,
  api,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/422/);
  const account = await api.makeAccount(1);
  await shell.openOn(account.name);
  const detail = "title: no notes about the weather";
  await page.route("**/api/activities", (route) =>
    route.fulfill({
      status: 422,
      contentType: "application/problem+json",
      json: { title: "Cannot be accepted", status: 422, detail, field: "/title" },
    }),
  );
  await addNote(shell.a, "Sunny\nAnd warm.");

  await expect(noteField(shell.a)).toHaveValue("Sunny\nAnd warm.");
  await expect(noteField(shell.a)).toHaveAccessibleDescription(new RegExp(detail));
  await expect(shell.a.article("Sunny")).toHaveCount(0);
  await expect(shell.a.root.getByText("Couldn't add “Sunny”")).toBeVisible();
  await expect(shell.a.button("Try again")).toHaveCount(0);
  await expect(outboxButton(shell.a)).toHaveCount(0);

  await page.unroute("**/api/activities");
  await noteField(shell.a).fill("Called back");
  await expect(noteField(shell.a)).toHaveAccessibleDescription("");
  await shell.a.button("Add note").click();
  await expect(shell.b.article("Called back")).toBeVisible();
});

test("a half-typed note survives a reload, in its tab and for its account", async ({
  shell,
  api,
}) => {
  const [account, other] = [await api.makeAccount(1), await api.makeAccount(1)];
  await shell.openOn(account.name);
  await noteField(shell.a).pressSequentially("Call Isabel");
  await noteField(shell.a).press("Home");
  await noteField(shell.a).pressSequentially("Must ");
  await expect(noteField(shell.b)).toHaveValue("");
  await expectStored(shell.a, "drafts", "Must Call Isabel");
  await reloadPane(shell, "Tab A");

  await expect(noteField(shell.a)).toHaveValue("Must Call Isabel");
  await expect(shell.a.root.getByText("Draft kept")).toBeVisible();
  await shell.a.choose(other.name);
  await expect(noteField(shell.a)).toHaveValue("");
  await shell.a.choose(account.name);
  await shell.a.button("Add note").click();
  await expect(shell.b.article("Must Call Isabel")).toBeVisible();
  await reloadPane(shell, "Tab A");
  await expect(noteField(shell.a)).toHaveValue("");
});

test("a call of yesterday is logged with the keyboard, stands in its place in both tabs, and is edited like a note", async ({
  shell,
  api,
  page,
}) => {
  const account = await api.makeAccount(2);
  await shell.openOn(account.name);
  const form = shell.a.root.getByRole("form", { name: "New note" });
  await noteField(shell.a).focus();
  await form.getByRole("radio", { name: "Note" }).waitFor();
  await page.keyboard.press("Tab");
  await expect(form.getByRole("radio", { name: "Note" })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(form.getByRole("radio", { name: "Call" })).toBeChecked();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const when = form.getByLabel("When", { exact: true });
  await expect(when).toBeFocused();
  await when.fill("2031-01-01T09:00");
  await noteField(shell.a).fill("Agreed on the price");
  await expect(noteField(shell.a)).toHaveAccessibleDescription(/still to come/);
  await when.fill("2020-02-03T09:00");
  await reloadPane(shell, "Tab A");
  await expect(when).toHaveValue("2020-02-03T09:00");
  await noteField(shell.a).press("Control+Enter");

  for (const tab of [shell.a, shell.b])
    await expect
      .poll(() => titles(tab))
      .toEqual([...account.rows.map(({ title }) => title), "Agreed on the price"]);
  const [row] = (await api.rows(account.id)).filter(({ kind }) => kind === "call");
  expect(row?.at).toBe(new Date(2020, 1, 3, 9).toISOString());
  await expect(form.getByRole("radio", { name: "Note" })).toBeChecked();
  const call = shell.a.article("Agreed on the price");
  await chooseAction(shell.a, call, "Edit call");
  await editField(call).fill("Agreed on a lower price");
  await editField(call).press("Control+Enter");
  await expect(shell.b.article("Agreed on a lower price")).toBeVisible();
});

test("a note of another author, and an activity of another kind, has no menu", async ({
  tab,
  api,
}) => {
  const account = await api.makeAccount(1);
  await api.makeActivity(account.id, { title: "Theirs", authorId: "usr-1" });
  await api.makeActivity(account.id, { title: "An invoice", kind: "invoice" });
  await tab.openOn(account);
  const menus = tab.feed.getByRole("button", { name: /^Actions for/ });
  await expect(menus).toHaveCount(1);
  await expect(menus).toHaveAccessibleName(`Actions for ${account.rows[0]?.title}`);
});
