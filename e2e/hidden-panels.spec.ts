import type { OwnAccount } from "./support/api-client.ts";
import type { Shell } from "./support/shell.ts";
import { test as base, expect, expectTruth } from "./support/test.ts";

/** An account with twelve activities, open in both tabs. */
const test = base.extend<{ account: OwnAccount }>({
  account: async ({ shell, api, requests }, use) => {
    const account = await api.makeAccount(12);
    await shell.openOn(account.name);
    await expect(shell.b.sync).toHaveText("Up to date");
    requests.clear();
    await use(account);
  },
});

/** Pins three rows in A, and waits until B has received each change and A shows the count. */
async function pinThreeInA(shell: Shell, count = 3): Promise<void> {
  const channel = await shell.b.listen();
  for (const at of [0, 4, 8]) await shell.a.togglePin(shell.a.articles.nth(at));
  await channel.receivedChanges(3);
  await expect(shell.a.pinnedCount).toHaveText(String(count));
}

test("a hidden feed is not read, however much changes, and is read once when shown", async ({
  shell,
  api,
  requests,
  account,
}) => {
  await shell.b.button("Hide activity").click();
  await pinThreeInA(shell);
  await expect(shell.b.pinnedCount).toHaveText("3");
  await expect(shell.b.sync).toHaveText("Updates wait until you look");
  const feedReads = async () =>
    (await requests.by(shell.b)).filter((request) => request.includes("/activities"));
  expect(await feedReads()).toEqual([]);

  await shell.b.button("Show activity").click();
  await expectTruth(shell.b, api, account);
  await expect(shell.b.sync).toHaveText("Up to date");
  expect(await feedReads()).toEqual([`GET /activities?accountId=${account.id}&_limit=10`]);
});

test("hidden details are not read, however much changes, and are read once when shown", async ({
  shell,
  api,
  requests,
  account,
}) => {
  await shell.b.button("Hide details").click();
  await pinThreeInA(shell);
  await expect(shell.b.pin(shell.b.articles.nth(8))).toHaveAttribute("aria-pressed", "true");
  await expect(shell.b.sync).toHaveText("Updates wait until you look");
  expect(await requests.by(shell.b)).toEqual([]);

  await shell.b.button("Show details").click();
  await expectTruth(shell.b, api, account);
  await expect(shell.b.sync).toHaveText("Up to date");
  expect(await requests.by(shell.b)).toEqual([`GET /accounts/${account.id}`]);
});

test("a panel that was hidden while nothing changed is shown without a request", async ({
  shell,
  requests,
  account: _,
}) => {
  for (const panel of ["activity", "details"]) {
    await shell.b.button(`Hide ${panel}`).click();
    await shell.b.button(`Show ${panel}`).click();
  }
  await expect(shell.b.articles).toHaveCount(10);
  await expect(shell.b.pinnedCount).toHaveText("0");
  await expect(shell.b.sync).toHaveText("Up to date");
  expect(requests.all).toEqual([]);
});

test("changes of another account do not make a hidden panel stale", async ({
  shell,
  api,
  requests,
  account: _,
}) => {
  const other = await api.makeAccount(10);
  await shell.page.reload();
  await shell.b.articles.first().waitFor();
  await shell.a.choose(other.name);
  await shell.b.button("Hide activity").click();
  await shell.b.button("Hide details").click();
  requests.clear();
  await pinThreeInA(shell);

  await expect(shell.b.sync).toHaveText("Up to date");
  await shell.b.button("Show activity").click();
  await shell.b.button("Show details").click();
  await expect(shell.b.articles).toHaveCount(10);
  expect(await requests.by(shell.b)).toEqual([]);
});

/** Ways to take a whole tab out of view, and back. */
const ways: {
  readonly name: string;
  hide(shell: Shell): Promise<void>;
  show(shell: Shell): Promise<void>;
}[] = [
  {
    name: "behind the tab in front",
    hide: async (shell) => {
      await shell.button("Focus one").click();
      await expect(shell.frame("Tab B")).toBeHidden();
    },
    show: (shell) => shell.button("Side by side").click(),
  },
  {
    name: "hidden by the shell",
    hide: async (shell) => {
      await shell.button("Hide Tab B").click();
      await expect(shell.frame("Tab B")).toBeHidden();
    },
    show: (shell) => shell.button("Show Tab B").click(),
  },
  {
    name: "that is display: none",
    hide: (shell) => restyle(shell, "display: none"),
    show: (shell) => restyle(shell, ""),
  },
  {
    name: "scrolled out of view",
    hide: (shell) => restyle(shell, "transform: translateY(4000px)"),
    show: (shell) => restyle(shell, ""),
  },
  {
    name: "of no size",
    hide: (shell) => restyle(shell, "width: 0; height: 0; min-width: 0; min-height: 0; flex: none"),
    show: (shell) => restyle(shell, ""),
  },
];

/** Styles the frame of B, and waits until the browser has reported it to B. */
async function restyle(shell: Shell, style: string): Promise<void> {
  const whenOnScreen = await shell.b.watchScreen();
  await shell.frame("Tab B").evaluate((frame, css) => {
    frame.style.cssText = css;
  }, style);
  await whenOnScreen(style === "");
}

test("a tab out of view sends no request and renders nothing; shown, it reads once what has changed", async ({
  shell,
  api,
  requests,
}) => {
  await shell.open();
  for (const way of ways)
    await test.step(way.name, async () => {
      const account = await api.makeAccount(10);
      for (const tab of [shell.a, shell.b]) await tab.choose(account.name);
      await expect(shell.b.articles).toHaveCount(10);
      await expect(shell.b.sync).toHaveText("Up to date");
      requests.clear();

      // Hidden while nothing changes, it reads nothing when shown.
      await way.hide(shell);
      await way.show(shell);
      // B is in view again: it shows this change.
      await shell.a.togglePin(shell.a.articles.nth(2));
      await expect(shell.b.pinnedCount).toHaveText("1");
      await expect(shell.b.sync).toHaveText("Up to date");
      expect(await requests.by(shell.b)).toEqual([]);
      requests.clear();

      // Hidden while rows change, it reads each stale query once when shown.
      await way.hide(shell);
      const mutations = await shell.b.watchDom();
      await pinThreeInA(shell, 4);
      expect(await requests.by(shell.b)).toEqual([]);
      expect(await mutations()).toEqual([]);

      await way.show(shell);
      await expectTruth(shell.b, api, account);
      await expect(shell.b.sync).toHaveText("Up to date");
      expect((await requests.by(shell.b)).sort()).toEqual([
        `GET /accounts/${account.id}`,
        `GET /activities?accountId=${account.id}&_limit=10`,
      ]);
    });
});
