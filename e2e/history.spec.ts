import { expect, test } from "./support/test.ts";

test("the history of an account names who changed what, follows writes, and takes one back unless it was changed since", async ({
  shell,
  api,
  requests,
}) => {
  const account = await api.makeAccount(1);
  await shell.openOn(account.name);
  const { a, b } = shell;
  await b.button("All details").click();
  await b.button("Show changes").click();
  const dialog = b.root.getByRole("dialog", { name: `History of ${account.name}` });
  const changes = dialog.getByRole("list", { name: "Changes" }).getByRole("listitem");
  await expect(changes).toHaveText([/Created the account/]);

  const path = `/accounts/${account.id}`;
  await api.send("PATCH", path, { plan: "Free" }, { "Tandem-User": "usr-1" });
  await expect(changes.first()).toHaveText(/Maya Lindqvist.*Plan.*Growth → Free/);
  await api.send("PATCH", path, { plan: "Starter", city: "Oslo" });
  await expect(changes.first()).toHaveText(/Plan.*Free → Starter.*City.*none → Oslo/);
  // The plan was changed since.
  await expect(changes.nth(1).getByRole("button", { name: "Undo" })).toHaveCount(0);
  requests.clear();
  await api.makeActivity(account.id);
  await changes.first().getByRole("button", { name: "Undo" }).click();
  await expect(changes.first()).toHaveText(/Plan.*Starter → Free.*City.*Oslo → none/);
  await expect(a.details.getByText("Free", { exact: true })).toBeVisible();
  expect(requests.of("GET", /changes\/accounts/)).toHaveLength(1);
  await expect(changes).toHaveCount(4);
});
