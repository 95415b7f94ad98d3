import { storedText, untilStored } from "./kept.ts";
import { Shell } from "./shell.ts";
import { Tab } from "./tab.ts";
import { expect, expectTruth, test } from "./test.ts";

const note = (tab: Tab) => tab.root.getByLabel("Note", { exact: true });

test("what a closed tab has left is sent once by one of the others, and its draft is offered there", async ({
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
  // It is missed for a while first: it might have been a reload.
  await expect
    .poll(async () => (await api.account(account.id)).pinnedCount, { timeout: 40_000 })
    .toBe(1);
  await expectTruth(shell.a, api, account);
  await expect
    .poll(async () => [await note(shell.a).inputValue(), await note(shell.b).inputValue()].sort())
    .toEqual(["", "half a no"]);
  await expect(shell.a.sync).toHaveText("In step");
  await expect(shell.b.sync).toHaveText("In step");
  expect(requests.of("PATCH")).toHaveLength(1);
});

test("two windows with a Tab A each keep their own", async ({ context, shell, server, api }) => {
  const account = await api.makeAccount(2);
  await shell.openOn(account.name);
  const other = new Shell(await context.newPage(), server);
  await other.openOn(account.name);
  await note(shell.a).fill("of the first window");
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
    "full",
    () => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
      };
    },
  ],
] as const) {
  test(`with storage ${name} everything works, and the tab says what that means`, async ({
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

test("what is on disk is of this tab and this session, and no unconfirmed value is among it", async ({
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
