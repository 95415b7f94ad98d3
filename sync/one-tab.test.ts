import { afterEach, describe, expect, test, vi } from "vitest";
import { runInOneTab } from "./one-tab.ts";
import { createTestBrowser, type TestBrowser, type TestTab } from "./testing/test-browser.ts";

let browser: TestBrowser;
afterEach(() => browser.close());

/** Tabs that poll every second while they run the task. */
function openTabs(count: number, options: Parameters<typeof createTestBrowser>[0] = {}) {
  browser = createTestBrowser(options);
  const polls: string[] = [];
  const running = new Set<string>();

  function open() {
    const tab: TestTab<{ leave: () => void }> = browser.openTab(() => ({
      leave: runInOneTab("poll", (signal) => {
        running.add(tab.id);
        const timer = setInterval(() => polls.push(tab.id), 1000);
        signal.addEventListener("abort", () => {
          running.delete(tab.id);
          clearInterval(timer);
        });
      }),
    }));
    return tab;
  }
  const tabs = Array.from({ length: count }, open);
  return {
    tabs,
    open,
    /** Tabs that run the task, as far as they know. */
    running: () => [...running],
    /** The tab that was elected last. */
    leader: () => tabs.find(({ id }) => id === [...running].at(-1)) as (typeof tabs)[0],
    async pollsIn(ms: number) {
      polls.length = 0;
      await browser.pass(ms);
      const by = [...new Set(polls)];
      return { times: polls.length, tabs: by.length, by: by[0] };
    },
  };
}

describe.each([
  ["by Web Locks", true],
  ["by messages, without Web Locks", false],
])("a task of one tab, %s", (_, hasLocks) => {
  test("runs once, however many tabs there are, and goes on when more are opened", async () => {
    const { open, running, leader, pollsIn } = openTabs(5, { hasLocks });
    await browser.pass(1_000);
    expect(running()).toHaveLength(1);
    const { id } = leader();
    open();
    expect(await pollsIn(60_000)).toEqual({ times: 60, tabs: 1, by: id });
  });

  test.each<[string, number, (tab: TestTab<{ leave: () => void }>) => void]>([
    ["is hidden", 1_000, (tab) => tab.hide()],
    ["is frozen", 1_000, (tab) => tab.freeze()],
    ["is closed", 1_000, (tab) => tab.close()],
    ["leaves it", 1_000, (tab) => tab.run(({ leave }) => leave())],
    ["is killed", 13_000, (tab) => tab.crash()],
    ["hangs in view", 26_000, (tab) => tab.hang()],
  ])("is taken over by one other tab when the tab %s", async (__, within, end) => {
    const { leader, pollsIn } = openTabs(4, { hasLocks });
    await browser.pass(1_500);
    const { id } = leader();
    end(leader());
    await browser.pass(within);
    const { times, tabs, by } = await pollsIn(60_000);
    expect([times, tabs, by === id]).toEqual([60, 1, false]);
  });

  test("is given up by one of two when the one that hung wakes", async () => {
    const { leader, running, pollsIn } = openTabs(3, { hasLocks });
    await browser.pass(1_000);
    const first = leader();
    first.hang();
    await browser.pass(30_000);
    expect(running()).toHaveLength(2);
    first.wake();
    await browser.pass(11_000);
    expect(running()).toHaveLength(1);
    expect(await pollsIn(60_000)).toMatchObject({ times: 60, tabs: 1 });
  });

  test("runs in no tab while none is in view, and again when one is", async () => {
    const { tabs, running } = openTabs(2, { hasLocks });
    await browser.pass(1_000);
    for (const tab of tabs) tab.hide();
    await browser.pass(60_000);
    expect(running()).toEqual([]);
    tabs[1]?.show();
    await browser.pass(1_000);
    expect(running()).toEqual(["tab-2"]);
  });

  test("is not run by a third tab while two hang", async () => {
    const { leader, running } = openTabs(4, { hasLocks });
    await browser.pass(1_000);
    const first = leader();
    first.hang();
    await browser.pass(30_000);
    const second = leader();
    second.hang();
    await browser.pass(60_000);
    expect(running()).toEqual([first.id, second.id]);
  });
});

test("a tab that stood in for the leader, and leads then, runs it once", async () => {
  const { leader, pollsIn } = openTabs(2);
  await browser.pass(1_000);
  leader().hang();
  const first = leader();
  await browser.pass(30_000);
  first.crash();
  await browser.pass(1_000);
  expect(await pollsIn(60_000)).toEqual({ times: 60, tabs: 1, by: leader().id });
});

test("tasks of other names run beside it, each in one tab", async () => {
  browser = createTestBrowser();
  const ran: string[] = [];
  for (let tab = 0; tab < 3; tab += 1)
    browser.openTab(() => {
      for (const name of ["a", "b"]) runInOneTab(name, () => ran.push(name));
    });
  await browser.pass(30_000);
  expect(ran.toSorted()).toEqual(["a", "b"]);
});

test("two calls of one tab are one task", async () => {
  browser = createTestBrowser({ hasLocks: false });
  let running = 0;
  browser.openTab(() => {
    for (let call = 0; call < 2; call += 1) runInOneTab("a", () => running++);
  });
  await browser.pass(60_000);
  expect(running).toBe(1);
});

test("without a channel it runs in the tab that has the lock, and silence proves nothing", async () => {
  browser = createTestBrowser();
  let running = 0;
  const channel = { available: false, post() {}, subscribe: () => () => {}, close() {} };
  for (let tab = 0; tab < 3; tab += 1)
    browser.openTab(() => runInOneTab("a", () => running++, { channel }));
  await browser.pass(120_000);
  expect(running).toBe(1);
});

test("what the task throws is reported, and an abort is none", async () => {
  browser = createTestBrowser();
  const reported: unknown[] = [];
  vi.spyOn(globalThis, "queueMicrotask").mockImplementation((run) => {
    try {
      run();
    } catch (error) {
      reported.push(error);
    }
  });
  const fails = browser.openTab(() =>
    runInOneTab("a", () => {
      throw new Error("broken");
    }),
  );
  await browser.pass(1_000);
  expect(reported).toEqual([new Error("broken")]);
  fails.close();
  const waits = browser.openTab(() =>
    runInOneTab("a", (signal) => {
      return new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      });
    }),
  );
  await browser.pass(1_000);
  waits.hide();
  await browser.pass(1_000);
  expect(reported).toHaveLength(1);
});
