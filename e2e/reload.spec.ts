import { untilStored } from "./support/stored-text.ts";
import { Tab } from "./support/tab.ts";
import { expect, expectTruth, test } from "./support/test.ts";

const catchUp = expect.stringMatching(/^GET \/changes\?since=/);

test("a reload with 40 cached queries and no change costs one catch-up and no read", async ({
  shell,
  api,
  requests,
}) => {
  await shell.open();
  const accounts = await api.send<{ name: string }[]>("GET", "/accounts");
  for (const { name } of accounts.slice(0, 19)) await shell.a.choose(name);
  await expect(shell.a.sync).toHaveText("Up to date");
  const before = await shell.a.shownRows();
  await untilStored(await shell.a.frame(), accounts[18]?.name ?? "");
  const origin = await shell.a.timeOrigin();
  requests.clear();
  await shell.button("Reload Tab A").click();
  await expect.poll(() => shell.a.timeOrigin()).not.toBe(origin);
  await shell.a.articles.first().waitFor();
  expect(await shell.a.shownRows()).toEqual(before);
  for (const { name } of accounts.slice(0, 19).reverse()) {
    await shell.a.choose(name);
  }
  await expect(shell.a.sync).toHaveText("Up to date");
  expect(await requests.by(shell.a)).toEqual([catchUp]);
});

test("a reload reads only what changed meanwhile", async ({ page, server, api, requests }) => {
  const [shown, other] = [await api.makeAccount(3), await api.makeAccount(3)];
  const tab = new Tab(page);
  await page.goto(server.paneUrl);
  await tab.choose(other.name);
  await tab.choose(shown.name);
  const listed = "Northgate Logistics";
  for (const text of [...shown.rows.map(({ id }) => id), listed]) await untilStored(page, text);
  await page.goto("about:blank");
  await api.send("PATCH", `/activities/${shown.rows[1]?.id}`, { pinned: true });
  await api.send("PATCH", `/accounts/${other.id}`, { notes: "Changed meanwhile" });
  requests.clear();
  await page.goto(`${server.paneUrl}?account=${shown.id}`);
  await expectTruth(tab, api, shown);
  await tab.choose(other.name);
  await expect(tab.details.getByText("Changed meanwhile")).toBeVisible();
  await expect(tab.sync).toHaveText("Up to date");

  const [first, ...reads] = await requests.by(tab);
  expect(first).toEqual(catchUp);
  // The catch-up brought the pinned row and the counts.
  expect(reads).toEqual([`GET /accounts/${other.id}`]);
});

test("each tab is restored to its own data, not to another tab's, and the focus to its row", async ({
  shell,
  api,
}) => {
  const account = await api.makeAccount(25);
  await shell.openOn(account.name);
  await shell.a.loadUntil(20);
  await untilStored(await shell.a.frame(), account.rows[19]?.id ?? "");
  const inB = shell.b.articles.nth(1);
  await inB.focus();
  await untilStored(await shell.b.frame(), `"focused":"${account.rows[1]?.id}"`);
  await shell.page.reload();
  await expect(shell.a.articles).toHaveCount(20);
  await expect(shell.b.articles).toHaveCount(10);
  await expect(shell.frame("Tab B")).toBeFocused();
  await expect.poll(() => inB.evaluate((row) => row === document.activeElement)).toBe(true);
  await expectTruth(shell.a, api, account);
  await expectTruth(shell.b, api, account);
});

test("data stored by another version of the app is ignored", async ({
  page,
  server,
  api,
  requests,
}) => {
  const account = await api.makeAccount(2);
  const tab = new Tab(page);
  await page.goto(`${server.paneUrl}?account=${account.id}`);
  await tab.articles.first().waitFor();
  await untilStored(page, account.rows[0]?.id ?? "");
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open("tandem");
        opening.onsuccess = () => {
          const transaction = opening.result.transaction("cache", "readwrite");
          const store = transaction.objectStore("cache");
          store.openCursor().onsuccess = (event) => {
            const cursor = (event.target as IDBRequest<IDBCursorWithValue | null>).result;
            if (!cursor) return;
            cursor.update({ ...cursor.value, value: { ...cursor.value.value, version: 0 } });
            cursor.continue();
          };
          transaction.oncomplete = () => resolve();
          transaction.onerror = () => reject(transaction.error);
        };
      }),
  );
  await page.goto("about:blank");
  requests.clear();
  await page.goto(`${server.paneUrl}?account=${account.id}`);
  await expectTruth(tab, api, account);
  expect(requests.of("GET", /^GET \/accounts\//)).toHaveLength(1);
});
