import { noteText, signInAs, syncStatus } from "./parts.ts";
import { expect, test, type WebKitPage } from "./test.ts";

const pinned = async (page: WebKitPage) => (await page.rows()).filter((row) => row.pinned);

test("a pin in one window is shown in another, with its count, after one write and no read", async ({
  api,
  server,
  openPage,
}) => {
  const account = await api.makeAccount(3);
  const url = `${server.paneUrl}?account=${account.id}`;
  const [a, b] = [await openPage(url), await openPage(url)];
  for (const page of [a, b]) await expect.poll(() => page.rows()).toHaveLength(3);
  await b.evaluate("performance.clearResourceTimings();");

  await a.press("[role=feed] article button[aria-pressed]");
  const title = account.rows[0]?.title;
  await expect.poll(() => pinned(b)).toEqual([{ title, pinned: true }]);
  await expect.poll(() => b.texts("section[aria-label='Account details'] dd")).toContain("1");
  const reads = await b.evaluate<string[]>(
    `return performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname)
      .filter((path) => /^\\/api\\/(accounts|activities)/.test(path));`,
  );
  expect(reads).toEqual([]);
});

test("a change from outside is shown in every window, and a server that stops is told of", async ({
  api,
  server,
  openPage,
}) => {
  const account = await api.makeAccount(2);
  const url = `${server.paneUrl}?account=${account.id}`;
  const pages = [await openPage(url), await openPage(url)];
  for (const page of pages) await expect.poll(() => page.rows()).toHaveLength(2);
  await api.send("PATCH", `/activities/${account.rows[1]?.id}`, { pinned: true });
  for (const page of pages)
    await expect
      .poll(() => pinned(page))
      .toEqual([{ title: account.rows[1]?.title, pinned: true }]);

  await server.stop();
  for (const page of pages) await expect.poll(() => syncStatus(page)).not.toBe("Up to date");
  await server.start();
  for (const page of pages) await expect.poll(() => syncStatus(page)).toBe("Up to date");
});

test("what was typed survives a reload, and a note written without a server is sent once", async ({
  api,
  server,
  openPage,
}) => {
  const account = await api.makeAccount(1);
  const page = await openPage(`${server.paneUrl}?account=${account.id}`);
  await page.type(noteText, "Half a thought");
  // A draft is stored soon after the last key.
  await expect
    .poll(async () => {
      await page.reload();
      return page.value(noteText);
    })
    .toBe("Half a thought");

  await server.stop();
  await page.choose("Add note");
  await expect.poll(() => page.rows()).toHaveLength(2);
  await server.start();
  const stored = async () => (await api.rows(account.id)).map(({ title }) => title);
  await expect.poll(stored).toEqual(["Half a thought", account.rows[0]?.title]);
});

test("a sign-in in one window is that of the other, and so is the sign-out", async ({
  api,
  server,
  openPage,
}) => {
  const account = await api.makeAccount(1);
  const url = `${server.paneUrl}?account=${account.id}`;
  const [a, b] = [await openPage(url), await openPage(url)];
  await expect.poll(() => b.rows()).toHaveLength(1);
  await signInAs(a, "Priya Raman");
  const isIn = (page: WebKitPage) =>
    page.evaluate<number>(
      `return document.querySelectorAll("button[aria-label^='Working as Priya Raman']").length;`,
    );
  await expect.poll(() => isIn(b)).toBe(1);
  await b.press("button[aria-label^='Working as']");
  await b.choose("Sign out");
  for (const page of [a, b])
    await expect.poll(() => page.texts("h1, h2")).toContain("You are signed out");
});

test("the shell opens with two panes, and each says where it is", async ({ server, openPage }) => {
  const shell = await openPage(server.shellUrl);
  await expect.poll(() => shell.texts("h2")).toEqual(["Tab A", "Tab B"]);
  // A pane tells its shell over their port once it is ready.
  await expect
    .poll(() => shell.evaluate<string>("return document.title;"))
    .toMatch(/Accounts|Overview|·/);
});
