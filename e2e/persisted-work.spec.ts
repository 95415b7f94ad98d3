import { Shell } from "./support/shell.ts";
import { storedText, untilStored } from "./support/stored-text.ts";
import { Tab } from "./support/tab.ts";
import { expect, expectTruth, test } from "./support/test.ts";

const note = (tab: Tab) => tab.root.getByLabel("Note", { exact: true });

test("another tab adopts the unsent writes of a closed tab, sends each once, and offers its draft", async ({
  context,
  shell,
  server,
  api,
  requests,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/);
  const account = await api.makeAccount(3);
  await shell.openOn(account.name);
  const page = await context.newPage();
  const leaving = new Tab(page);
  await page.goto(`${server.paneUrl}?account=${account.id}`);
  await leaving.articles.first().waitFor();
  await context.setOffline(true);
  await leaving.pin(leaving.articles.nth(1)).click();
  await note(leaving).fill("half a no");
  await untilStored(page, "half a no");
  requests.clear();
  await page.close();

  await context.setOffline(false);
  await shell.page.bringToFront();
  // Adoption waits a while, as the tab could be reloading.
  await expect
    .poll(async () => (await api.account(account.id)).pinnedCount, { timeout: 40_000 })
    .toBe(1);
  await expectTruth(shell.a, api, account);
  await expect
    .poll(async () => [await note(shell.a).inputValue(), await note(shell.b).inputValue()].sort())
    .toEqual(["", "half a no"]);
  await expect(shell.a.sync).toHaveText("Up to date");
  await expect(shell.b.sync).toHaveText("Up to date");
  expect(requests.of("PATCH")).toHaveLength(1);
});

test("a database that is deleted under an open tab is written anew, and a reload finds what was asked for and typed", async ({
  context,
  page,
  server,
  api,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/);
  const account = await api.makeAccount(2);
  const tab = new Tab(page);
  await page.goto(`${server.paneUrl}?account=${account.id}`);
  await tab.articles.first().waitFor();
  await context.setOffline(true);
  await tab.pin(tab.articles.first()).click();
  await note(tab).fill("typed before");
  await untilStored(page, "typed before");

  await page.evaluate(async () => {
    for (const { name = "" } of await indexedDB.databases())
      await new Promise((resolve) => {
        indexedDB.deleteDatabase(name).onsuccess = resolve;
      });
  });
  await note(tab).fill("typed after");
  await untilStored(page, "typed after", ["drafts"]);
  await untilStored(page, account.rows[0]?.id ?? "", ["writes"]);

  await context.setOffline(false);
  await page.reload();
  await expect(note(tab)).toHaveValue("typed after");
  await expect(tab.pinnedCount).toHaveText("1");
  await expectTruth(tab, api, account);
});

test("two windows that each have a Tab A keep their drafts apart", async ({
  context,
  shell,
  server,
  api,
}) => {
  const account = await api.makeAccount(2);
  await shell.openOn(account.name);
  const other = new Shell(await context.newPage(), server);
  await other.openOn(account.name);
  await shell.page.bringToFront();
  await note(shell.a).fill("of the first window");
  await other.page.bringToFront();
  await note(other.a).fill("of the second window");
  await untilStored(await shell.a.frame(), "of the first window");
  await untilStored(await shell.a.frame(), "of the second window");
  await other.page.reload();
  await shell.page.reload();
  await expect(note(other.a)).toHaveValue("of the second window");
  await expect(note(shell.a)).toHaveValue("of the first window");
});

for (const [name, breakStorage] of [
  [
    "blocked",
    () => {
      for (const storage of ["localStorage", "sessionStorage", "indexedDB"] as const)
        Object.defineProperty(window, storage, {
          get() {
            throw new DOMException("The operation is insecure.", "SecurityError");
          },
        });
    },
  ],
  [
    "switched off",
    () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException("Storage is off", "SecurityError");
      };
    },
  ],
  [
    "full",
    () => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
      };
    },
  ],
] as const) {
  test(`with storage ${name} everything works, and the tab says how long unsent changes last`, async ({
    page,
    server,
    api,
  }) => {
    await page.addInitScript(breakStorage);
    const account = await api.makeAccount(3);
    const tab = new Tab(page);
    await page.goto(`${server.paneUrl}?account=${account.id}`);
    await tab.articles.first().waitFor();
    await expect(page.getByText("This browser keeps nothing")).toBeVisible();
    await tab.togglePin(tab.articles.first());
    await note(tab).fill("Written all the same");
    await tab.button("Add note").click();
    await expect(tab.article("Written all the same")).toBeVisible();
    await expect.poll(async () => (await api.account(account.id)).activityCount).toBe(4);
    await expectTruth(tab, api, account);
  });
}

test("stored data is of one tab and session each, with confirmed values only", async ({
  shell,
  api,
}) => {
  const account = await api.makeAccount(2);
  await shell.openOn(account.name);
  const frame = await shell.a.frame();
  await untilStored(frame, account.rows[1]?.title ?? "");
  await shell.a.togglePin(shell.a.articles.nth(0));
  await expectTruth(shell.a, api, account);
  await untilStored(frame, '"pinned":true');
  expect(await storedText(frame)).toContain('["Tab A",');
  expect(await storedText(frame)).toContain('["Tab B",');
});
