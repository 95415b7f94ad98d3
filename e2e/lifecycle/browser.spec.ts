import { listen } from "../support/listen.ts";
import { openRealm } from "../support/open-realm.ts";
import { expect, test } from "./test.ts";

test("a browser tab behind another is hidden, and its timers are throttled", async ({
  openTab,
  coverAll,
  api,
}) => {
  const tab = await openTab(await api.makeAccount(1));
  const visibility = () => tab.page.evaluate(() => document.visibilityState);
  expect(await visibility()).toBe("visible");
  const front = await coverAll();
  await expect.poll(visibility).toBe("hidden");
  const ticks = await tab.page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let ticks = 0;
        const end = performance.now() + 2500;
        const tick = () => {
          ticks++;
          if (performance.now() > end) resolve(ticks);
          else setTimeout(tick, 10);
        };
        tick();
      }),
  );
  expect(ticks).toBeLessThan(10);
  await front.close();
  await expect.poll(visibility).toBe("visible");
});

test("two windows are both visible", async ({ openTab, api }) => {
  const account = await api.makeAccount(1);
  const tabs = [await openTab(account), await openTab(account, "window")];
  for (const { page } of tabs)
    expect(await page.evaluate(() => document.visibilityState)).toBe("visible");
});

test("storage is partitioned: a frame under another site receives nothing from a browser tab", async ({
  page,
  server,
}) => {
  const stranger = server.paneUrl.replace("localhost", "127.0.0.1");
  const frameUrl = `${server.paneUrl}an-empty-page`;
  await page.route(`${stranger}**`, (route) =>
    route.fulfill({ contentType: "text/html", body: `<iframe src="${frameUrl}"></iframe>` }),
  );
  await page.route(frameUrl, (route) => route.fulfill({ contentType: "text/html", body: "" }));
  await page.goto(stranger);
  const frame = page.frames().find((each) => each.url() === frameUrl);
  if (!frame) throw new Error("There is no frame");
  const partitioned = await listen(frame);
  const [speaker, hearer] = [
    await openRealm(page, server.paneUrl),
    await openRealm(page, server.paneUrl),
  ];
  const shared = await listen(hearer);

  await speaker.evaluate(() => new BroadcastChannel("tandem").postMessage("hello"));
  await shared.received(1);
  expect(await partitioned.messages()).toEqual([]);
});

test("the panes and a browser tab of the pane origin share one partition", async ({
  shell,
  openTab,
  api,
}) => {
  const account = await api.makeAccount(2);
  await shell.openOn(account.name);
  const tab = await openTab(account, "window");
  const channel = await tab.listen();
  await shell.a.togglePin(shell.a.articles.first());
  await channel.receivedChanges(1);
  await expect(tab.pinnedCount).toHaveText("1");
});
