import { expect, test } from "./test.ts";

test("before an account is chosen, only what needs no account is asked for", async ({
  shell,
  requests,
}) => {
  await shell.open();
  for (const tab of [shell.a, shell.b]) {
    await tab.account("Northgate Logistics").waitFor();
    await expect(tab.sync).toHaveText("In step");
    expect((await requests.by(tab)).sort()).toEqual(["GET /accounts", "GET /users"]);
  }
});

test("choosing an account asks for its details and its feed, and for nothing else", async ({
  shell,
  requests,
}) => {
  await shell.open();
  await shell.a.account("Tessera Payments").waitFor();
  await shell.b.account("Tessera Payments").waitFor();
  requests.clear();

  await shell.a.choose("Tessera Payments");
  await expect(shell.a.sync).toHaveText("In step");
  expect([...requests.all].sort()).toEqual([
    "GET /accounts/acc-09",
    "GET /activities?accountId=acc-09&_limit=10",
  ]);
});

for (const [how, look] of [
  ["a pointer that rests on it", "hover"],
  ["the keyboard's focus", "focus"],
] as const) {
  test(`${how} reads an account's details ahead, and choosing it does not read them twice`, async ({
    shell,
    requests,
  }) => {
    await shell.open();
    const account = shell.a.account("Sunfield Solar");
    await account.waitFor();
    await shell.b.account("Sunfield Solar").waitFor();
    requests.clear();

    await account[look]();
    await expect.poll(() => requests.all).toEqual(["GET /accounts/acc-14"]);

    await shell.a.choose("Sunfield Solar");
    await expect(shell.a.sync).toHaveText("In step");
    expect(requests.all).toEqual([
      "GET /accounts/acc-14",
      "GET /activities?accountId=acc-14&_limit=10",
    ]);
  });
}

test("going back to an account read a moment ago asks for nothing", async ({ shell, requests }) => {
  await shell.open();
  await shell.a.choose("Bluepine Analytics");
  await shell.a.choose("Harrow & Vale");
  await expect(shell.a.sync).toHaveText("In step");
  requests.clear();

  await shell.a.choose("Bluepine Analytics");
  await expect(shell.a.articles).toHaveCount(10);
  expect(requests.all).toEqual([]);
});

test("a hidden panel's query is not asked for when an account is chosen", async ({
  shell,
  requests,
}) => {
  await shell.open();
  await shell.a.choose("Skylark Aviation");
  await shell.a.button("Hide details").click();
  requests.clear();

  await shell.a.account("Delta Seven Security").click();
  await expect(shell.a.articles).toHaveCount(10);
  await expect(shell.a.sync).toHaveText("In step");
  expect(requests.all).toEqual(["GET /activities?accountId=acc-24&_limit=10"]);

  await shell.a.button("Show details").click();
  await shell.a.heading("Delta Seven Security").waitFor();
  await expect(shell.a.pinnedCount).toHaveText(/\d/);
  expect(requests.all.slice(1)).toEqual(["GET /accounts/acc-24"]);
});
