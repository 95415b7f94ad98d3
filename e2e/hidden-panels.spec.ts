import type { Page } from "@playwright/test";
import type { OwnAccount } from "./api-client.ts";
import type { Shell } from "./shell.ts";
import { Tab } from "./tab.ts";
import { test as base, expect, expectTruth } from "./test.ts";

/** Both tabs stand open on an account with twelve activities. */
const test = base.extend<{ account: OwnAccount }>({
  account: async ({ shell, api, requests }, use) => {
    const account = await api.makeAccount(12);
    await shell.openOn(account.name);
    await expect(shell.b.sync).toHaveText("In step");
    requests.clear();
    await use(account);
  },
});

/** Three pins in A, and every one of them has reached B. */
async function pinThreeInA(shell: Shell): Promise<void> {
  const channel = await shell.b.listen();
  for (const at of [0, 4, 8]) await shell.a.togglePin(shell.a.articles.nth(at));
  await channel.heardChanges(3);
  await expect(shell.a.pinnedCount).toHaveText("3");
}

test("a hidden feed is not read however much changes, and is read once when shown", async ({
  shell,
  api,
  requests,
  account,
}) => {
  await shell.b.button("Hide activity").click();
  await pinThreeInA(shell);
  await expect(shell.b.pinnedCount).toHaveText("3");
  await expect(shell.b.sync).toHaveText("Changes waiting");
  const feedReads = async () =>
    (await requests.by(shell.b)).filter((request) => request.includes("/activities"));
  expect(await feedReads()).toEqual([]);

  await shell.b.button("Show activity").click();
  await expectTruth(shell.b, api, account);
  await expect(shell.b.sync).toHaveText("In step");
  expect(await feedReads()).toEqual([`GET /activities?accountId=${account.id}&_limit=10`]);
});

test("hidden details are not read however much changes, and are read once when shown", async ({
  shell,
  api,
  requests,
  account,
}) => {
  await shell.b.button("Hide details").click();
  await pinThreeInA(shell);
  await expect(shell.b.pin(shell.b.articles.nth(8))).toHaveAttribute("aria-pressed", "true");
  await expect(shell.b.sync).toHaveText("Changes waiting");
  expect(await requests.by(shell.b)).toEqual([]);

  await shell.b.button("Show details").click();
  await expectTruth(shell.b, api, account);
  await expect(shell.b.sync).toHaveText("In step");
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
  await expect(shell.b.sync).toHaveText("In step");
  expect(requests.all).toEqual([]);
});

test("changes of another account do not make a hidden panel wait", async ({
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

  await expect(shell.b.sync).toHaveText("In step");
  await shell.b.button("Show activity").click();
  await shell.b.button("Show details").click();
  await expect(shell.b.articles).toHaveCount(10);
  expect(await requests.by(shell.b)).toEqual([]);
});

/** Ways in which a whole tab can be out of view, and back. */
const ways: {
  readonly name: string;
  hide(shell: Shell): Promise<void>;
  show(shell: Shell): Promise<void>;
}[] = [
  {
    name: "hidden by the shell",
    hide: async (shell) => {
      await shell.button("Hide Tab B").click();
      await expect(shell.frame("Tab B")).toBeHidden();
    },
    show: (shell) => shell.button("Show Tab B").click(),
  },
  {
    name: "behind the tab in front",
    hide: async (shell) => {
      await shell.button("Focus one").click();
      await expect(shell.frame("Tab B")).toBeHidden();
    },
    show: (shell) => shell.button("Side by side").click(),
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

/** Styles the frame of B from outside, and waits until B itself has been told. */
async function restyle(shell: Shell, style: string): Promise<void> {
  const whenOnScreen = await shell.b.watchScreen();
  await shell.frame("Tab B").evaluate((frame, css) => {
    frame.style.cssText = css;
  }, style);
  await whenOnScreen(style === "");
}

for (const way of ways) {
  test(`a tab ${way.name} asks for nothing and renders nothing; shown, it reads what changed once`, async ({
    shell,
    api,
    requests,
    account,
  }) => {
    await way.hide(shell);
    const mutations = await shell.b.watchDom();
    await pinThreeInA(shell);
    expect(await requests.by(shell.b)).toEqual([]);
    expect(await mutations()).toEqual([]);

    await way.show(shell);
    await expectTruth(shell.b, api, account);
    await expect(shell.b.sync).toHaveText("In step");
    expect((await requests.by(shell.b)).sort()).toEqual([
      `GET /accounts/${account.id}`,
      `GET /activities?accountId=${account.id}&_limit=10`,
    ]);
  });

  test(`a tab ${way.name} while nothing changed asks for nothing when shown`, async ({
    shell,
    requests,
    account: _,
  }) => {
    await way.hide(shell);
    await way.show(shell);
    // B is in view again: it shows and reads what changes now, and only that.
    await shell.a.togglePin(shell.a.articles.first());
    await expect(shell.b.pinnedCount).toHaveText("1");
    const reads = await requests.by(shell.b);
    expect(reads.filter((request) => request.includes("/activities"))).toEqual([]);
    expect(reads).toHaveLength(1);
  });
}

/**
 * As when another browser tab is in front. Headless Chromium under Playwright stays `visible` whatever
 * is brought to front, minimized or frozen (measured in 156), so the page is told by its own event.
 */
async function sayVisibility(page: Page, state: DocumentVisibilityState): Promise<void> {
  for (const frame of page.frames())
    await frame.evaluate((state) => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
      Object.defineProperty(document, "hidden", {
        configurable: true,
        get: () => state === "hidden",
      });
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    }, state);
}

test("a browser tab in the background asks for nothing, and reads what changed once when looked at", async ({
  shell,
  api,
  requests,
  account,
}) => {
  await sayVisibility(shell.page, "hidden");
  const mutations = await shell.b.watchDom();
  const channel = await shell.b.listen();
  const front = await shell.page.context().newPage();
  await front.goto(`${shell.server.paneUrl}?account=${account.id}`);
  const tab = new Tab(front);
  for (const at of [0, 1, 2]) await tab.togglePin(tab.articles.nth(at));
  await channel.heardChanges(3);
  await expect(tab.pinnedCount).toHaveText("3");
  expect(await requests.by(shell.a)).toEqual([]);
  expect(await requests.by(shell.b)).toEqual([]);
  expect(await mutations()).toEqual([]);

  await front.close();
  await sayVisibility(shell.page, "visible");
  for (const pane of [shell.a, shell.b]) {
    await expectTruth(pane, api, account);
    await expect(pane.sync).toHaveText("In step");
    const reads = (await requests.by(pane)).filter((request) => !request.includes("/changes"));
    expect(reads.sort()).toEqual([
      `GET /accounts/${account.id}`,
      `GET /activities?accountId=${account.id}&_limit=10`,
    ]);
  }
});
