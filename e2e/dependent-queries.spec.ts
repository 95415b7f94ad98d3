import { accountsRead } from "./support/requests.ts";
import { expect, test } from "./support/test.ts";

test("before an account is chosen, only queries without an account are sent", async ({
  shell,
  requests,
}) => {
  await shell.open();
  for (const tab of [shell.a, shell.b]) {
    await tab.account("Northgate Logistics").waitFor();
    await expect(tab.sync).toHaveText("Up to date");
    expect((await requests.by(tab)).sort()).toEqual([accountsRead, "GET /users"]);
  }
});

test("choosing an account reads its details and its feed, and nothing else", async ({
  shell,
  requests,
}) => {
  await shell.open();
  await shell.a.account("Tessera Payments").waitFor();
  await shell.b.account("Tessera Payments").waitFor();
  requests.clear();

  await shell.a.choose("Tessera Payments");
  await expect(shell.a.sync).toHaveText("Up to date");
  expect([...requests.all].sort()).toEqual([
    "GET /accounts/acc-09",
    "GET /activities?accountId=acc-09&_limit=10",
  ]);
});

for (const [how, look] of [
  ["a resting pointer", "hover"],
  ["keyboard focus", "focus"],
] as const) {
  test(`${how} prefetches an account's details, and choosing the account does not read them again`, async ({
    tab,
    requests,
  }) => {
    await tab.open();
    const account = tab.account("Sunfield Solar");
    await account.waitFor();
    requests.clear();

    await account[look]();
    await expect.poll(() => requests.all).toEqual(["GET /accounts/acc-14"]);

    await tab.choose("Sunfield Solar");
    await expect(tab.sync).toHaveText("Up to date");
    expect(requests.all).toEqual([
      "GET /accounts/acc-14",
      "GET /activities?accountId=acc-14&_limit=10",
    ]);
  });
}

test("returning to an account read a moment ago sends no request", async ({ tab, requests }) => {
  await tab.open();
  await tab.choose("Bluepine Analytics");
  await tab.choose("Harrow & Vale");
  await expect(tab.sync).toHaveText("Up to date");
  requests.clear();

  await tab.choose("Bluepine Analytics");
  await expect(tab.articles).toHaveCount(10);
  expect(requests.all).toEqual([]);
});

test("choosing an account does not send the query of a hidden panel", async ({ tab, requests }) => {
  await tab.open();
  await tab.choose("Skylark Aviation");
  await tab.button("Hide details").click();
  requests.clear();

  await tab.account("Delta Seven Security").click();
  await expect(tab.articles).toHaveCount(10);
  await expect(tab.sync).toHaveText("Up to date");
  expect(requests.all).toEqual(["GET /activities?accountId=acc-24&_limit=10"]);

  await tab.button("Show details").click();
  await tab.heading("Delta Seven Security").waitFor();
  await expect(tab.pinnedCount).toHaveText(/\d/);
  expect(requests.all.slice(1)).toEqual(["GET /accounts/acc-24"]);
});
