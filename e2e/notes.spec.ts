import { holdRequests } from "./hold-requests.ts";
import {
  addNote,
  chooseAction,
  editField,
  expectKept,
  isAnyWrite,
  noteField,
  outboxButton,
  reloadPane,
} from "./notes.ts";
import type { Tab } from "./tab.ts";
import { expect, expectTruth, test } from "./test.ts";

const titles = async (tab: Tab) => (await tab.shownRows()).map(({ title }) => title);

test("a note stands in its place at once, marked, and in the other tab once it is confirmed", async ({
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
  shell,
  api,
  page,
}) => {
  const account = await api.makeAccount(0);
  await shell.open();
  await shell.a.account(account.name).click();
  await expect(shell.a.root.getByText("No activity yet")).toBeVisible();
  await shell.a.button("Hide activity").focus();
  await page.keyboard.press("Tab");
  await expect(noteField(shell.a)).toBeFocused();
  await page.keyboard.type("Called back");
  await page.keyboard.press("Control+Enter");

  await expect(shell.a.article("Called back")).toBeVisible();
  await expect(shell.a.root.getByText("No activity yet")).toHaveCount(0);
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

test("a note that is none is not sent, and the words beside it say why", async ({
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

test("a note that the server refuses is in the field again, with the server's words", async ({
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

test("a note half typed is there again after a reload, in its tab and at its account", async ({
  shell,
  api,
}) => {
  const [account, other] = [await api.makeAccount(1), await api.makeAccount(1)];
  await shell.openOn(account.name);
  await noteField(shell.a).pressSequentially("Call Isabel");
  await noteField(shell.a).press("Home");
  await noteField(shell.a).pressSequentially("Must ");
  await expect(noteField(shell.b)).toHaveValue("");
  await expectKept(shell.a, "drafts", "Must Call Isabel");
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

test("an edit is shown at once, and everywhere once it is confirmed", async ({
  shell,
  api,
  page,
}) => {
  const account = await api.makeAccount(1);
  await api.makeActivity(account.id, { title: "Called", body: "No answer." });
  await shell.openOn(account.name);
  const held = await holdRequests(page, isAnyWrite);
  await chooseAction(shell.a, shell.a.article("Called"), "Edit note");
  const field = editField(shell.a.article("Called"));
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("Called\nNo answer.");
  await field.fill("Called twice");
  await shell.a.button("Save").click();

  const note = shell.a.article("Called twice");
  await expect(note).toBeFocused();
  await expect(note.getByText("Sending…")).toBeVisible();
  await expect(shell.b.article("Called")).toBeVisible();
  await held.arrived(1);
  await held.pass(0);
  await expect(shell.b.article("Called twice")).toBeVisible();
  await expect(shell.b.root.getByText("No answer.")).toHaveCount(0);
  await expectTruth(shell.a, api, account);
  await expectTruth(shell.b, api, account);
});

test("an edit begun and left is offered again, also after a reload, and can be let go of", async ({
  shell,
  api,
}) => {
  const account = await api.makeAccount(1);
  await shell.openOn(account.name);
  const title = account.rows[0]?.title ?? "";
  const note = shell.a.article(title);
  await chooseAction(shell.a, note, "Edit note");
  await editField(note).press("End");
  await editField(note).pressSequentially(", and more");
  await editField(note).press("Escape");
  await expect(note).toBeFocused();
  await expect(editField(note)).toHaveCount(0);

  await expectKept(shell.a, "drafts", ", and more");
  await reloadPane(shell, "Tab A");
  await note.getByRole("button", { name: "Continue editing" }).click();
  await expect(editField(note)).toHaveValue(`${title}, and more`);
  await shell.a.button("Discard changes").click();
  await expect(note).toBeFocused();
  await expect(note.getByRole("button", { name: "Continue editing" })).toHaveCount(0);
});

test("an edit begun while the one before it is on its way is not lost when that arrives", async ({
  shell,
  api,
  page,
  expectedErrors,
}) => {
  // It began from what was shown, which had no version yet: the server is asked twice.
  expectedErrors.push(/409/);
  const account = await api.makeAccount(1);
  await shell.openOn(account.name);
  const held = await holdRequests(page, isAnyWrite);
  const note = shell.a.articles.first();
  await chooseAction(shell.a, note, "Edit note");
  await editField(note).fill("Called twice");
  await shell.a.button("Save").click();
  await held.arrived(1);
  await chooseAction(shell.a, note, "Edit note");
  await editField(note).fill("Called three times");
  await held.pass(0);

  await expect(shell.b.article("Called twice")).toBeVisible();
  await expect(editField(note)).toHaveValue("Called three times");
  await shell.a.button("Save").click();
  await held.arrived(2);
  await held.pass(1);
  await held.arrived(3);
  await held.pass(2);
  await expect(shell.b.article("Called three times")).toBeVisible();
  await expectTruth(shell.a, api, account);
});

test("two edits of one note: what does not overlap is kept from both, the rest is asked", async ({
  shell,
  api,
  expectedErrors,
}) => {
  expectedErrors.push(/409/);
  const account = await api.makeAccount(1);
  const { id } = await api.makeActivity(account.id, { title: "Called", body: "No answer." });
  await shell.openOn(account.name);
  await chooseAction(shell.a, shell.a.article("Called"), "Edit note");
  const field = editField(shell.a.articles.first());
  await field.fill("Called twice\nNo answer.");
  await api.send("PATCH", `/activities/${id}`, { body: "They called back." });
  await expect(shell.b.root.getByText("They called back.")).toBeVisible();
  await shell.a.button("Save").click();
  await expect(shell.b.article("Called twice")).toBeVisible();
  await expect(shell.a.root.getByText("They called back.")).toBeVisible();

  await chooseAction(shell.a, shell.a.article("Called twice"), "Edit note");
  await field.fill("Called three times\nThey called back.");
  await api.send("PATCH", `/activities/${id}`, { title: "Called again" });
  await expect(shell.b.article("Called again")).toBeVisible();
  await shell.a.button("Save").click();
  await shell.a.article("Called again").getByRole("button", { name: "Resolve conflict" }).click();
  await shell.a.root.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(shell.b.article("Called three times")).toBeVisible();
  await expectTruth(shell.a, api, account);
});

test("a note deleted by somebody else while it is edited: what was typed is not lost", async ({
  shell,
  api,
}) => {
  const account = await api.makeAccount(2);
  await shell.openOn(account.name);
  const [row] = account.rows;
  await chooseAction(shell.a, shell.a.article(row?.title ?? ""), "Edit note");
  await editField(shell.a.articles.first()).fill("Called twice");
  await api.send("DELETE", `/activities/${row?.id}`);

  await expect(shell.a.articles).toHaveCount(1);
  await expect(noteField(shell.a)).toHaveValue("Called twice");
  await expect(noteField(shell.a)).toHaveAccessibleDescription(/was deleted/);
});

test("a deleted note is gone at once, and Undo brings it back with its pin", async ({
  shell,
  api,
}) => {
  const account = await api.makeAccount(3);
  const row = account.rows[1];
  await api.send("PATCH", `/activities/${row?.id}`, { pinned: true });
  await shell.openOn(account.name);
  const note = shell.a.article(row?.title ?? "");
  await chooseAction(shell.a, note, "Delete note");

  await expect(note).toHaveCount(0);
  await expect(shell.a.articles.nth(1)).toBeFocused();
  await expect(shell.b.articles).toHaveCount(2);
  await shell.a.button("Undo").click();
  await expect(note).toBeVisible();
  await expect(shell.b.articles).toHaveCount(3);
  await expect(shell.b.pinnedCount).toHaveText("1");
  await expectTruth(shell.a, api, account);
  await expectTruth(shell.b, api, account);
});

test("Undo of a delete that waits for the network just lets go of it", async ({
  shell,
  api,
  context,
  requests,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/);
  const account = await api.makeAccount(2);
  await shell.openOn(account.name);
  await context.setOffline(true);
  await expect(shell.a.sync).toHaveText("Offline");
  const note = shell.a.article(account.rows[0]?.title ?? "");
  await chooseAction(shell.a, note, "Delete note");
  await expect(note).toHaveCount(0);
  await shell.a.button("Undo").click();
  await expect(note).toBeVisible();
  requests.clear();
  await context.setOffline(false);

  await expect(shell.a.sync).toHaveText("In step");
  expect(requests.all.filter((each) => !each.startsWith("GET"))).toEqual([]);
  await expectTruth(shell.a, api, account);
});

test("with the last note of an account the focus goes to where the next is written", async ({
  shell,
  api,
}) => {
  const account = await api.makeAccount(1);
  await shell.openOn(account.name);
  await chooseAction(shell.a, shell.a.articles.first(), "Delete note");
  await expect(shell.a.root.getByText("No activity yet")).toBeVisible();
  await expect(noteField(shell.a)).toBeFocused();
});

test("what others wrote, and what is no note, has no menu", async ({ shell, api }) => {
  const account = await api.makeAccount(1);
  await api.makeActivity(account.id, { title: "Theirs", authorId: "usr-1" });
  await api.makeActivity(account.id, { title: "A call", kind: "call" });
  await shell.openOn(account.name);
  const menus = shell.a.feed.getByRole("button", { name: /^Actions for/ });
  await expect(menus).toHaveCount(1);
  await expect(menus).toHaveAccessibleName(`Actions for ${account.rows[0]?.title}`);
});
