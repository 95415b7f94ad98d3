import { createApiClient } from "./support/api-client.ts";
import { holdRequests } from "./support/hold-requests.ts";
import { createPlainJsonServer, type PlainJsonServer } from "./support/plain-json-server.ts";
import { createTandemServer } from "./support/tandem-server.ts";
import { test as base, expect } from "./support/test.ts";

/** All of Tandem in front of a plain json-server. */
const test = base.extend<object, { plain: PlainJsonServer }>({
  plain: [
    // biome-ignore lint/correctness/noEmptyPattern: the form that Playwright asks for
    async ({}, use) => {
      const plain = await createPlainJsonServer();
      await use(plain);
      await plain.close();
    },
    { scope: "worker" },
  ],
  server: [
    async ({ plain }, use) => {
      const server = await createTandemServer({ api: plain.url });
      await use(server);
      await server.close();
    },
    { scope: "worker" },
  ],
  api: async ({ plain }, use) => use(createApiClient(plain.url)),
  // It has no change stream.
  // biome-ignore lint/correctness/noEmptyPattern: the form that Playwright asks for
  expectedErrors: async ({}, use) => use([/404/]),
});

const newestFirst = Array.from({ length: 25 }, (_, at) => `Note ${24 - at}`);

test("a plain json-server is shown in full, without counts, and the status is Degraded with the reason", async ({
  shell,
}) => {
  await shell.openOn("Aldgate");
  await expect(shell.a.accounts.getByRole("listitem")).toHaveCount(3);
  await expect(shell.a.pinnedCount).toHaveText("–");
  await shell.a.loadUntil(25);
  await expect(shell.a.loadMore).toBeHidden();
  expect((await shell.a.shownRows()).map(({ title }) => title)).toEqual(newestFirst);

  for (const tab of [shell.a, shell.b]) {
    await expect(tab.sync).toHaveText("Live updates paused");
    await tab.sync.hover();
    await expect(
      tab.root.getByText(
        "This server has no change log: what others change is read every few seconds",
      ),
    ).toBeVisible();
  }
});

test("a pin is stored, and shown in the other tab without a read", async ({ shell, plain }) => {
  await shell.openOn("Aldgate");
  await holdRequests(shell.page, (request) => request.method() === "GET");
  await shell.a.togglePin(shell.a.article("Note 20"));
  await expect(shell.b.pin(shell.b.article("Note 20"))).toHaveAttribute("aria-pressed", "true");
  const stored = (await plain.activities()).find(({ id }) => id === "act-20");
  expect(stored).toEqual({ ...stored, pinned: true });
  expect(stored).not.toHaveProperty("version");
});

test("changes of other clients are polled in view, and never out of view", async ({
  shell,
  api,
  requests,
}) => {
  await shell.openOn("Aldgate");
  const screen = await shell.b.watchScreen();
  await shell.button("Hide Tab B").click();
  await screen(false);
  requests.clear();
  await api.send("PATCH", "/activities/act-22", { title: "Changed by hand" });
  await expect(shell.a.article("Changed by hand")).toBeVisible();
  expect(await requests.by(shell.b)).toEqual([]);

  await shell.button("Show Tab B").click();
  await expect(shell.b.article("Changed by hand")).toBeVisible();
  const feedReads = (await requests.by(shell.b)).filter((each) => each.includes("/activities"));
  expect(feedReads).toEqual([
    "GET /activities?accountId=acc-1&_limit=10&_sort=at,id&_order=desc,desc",
  ]);
});
