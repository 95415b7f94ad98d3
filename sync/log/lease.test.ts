import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Channel } from "../platform/channel.ts";
import { whileInView } from "../platform/locks.ts";
import { createTimers } from "../platform/timers.ts";
import { createVisibility } from "../platform/visibility.ts";
import type { LeaseMessage } from "../wire/message.ts";
import { createLease } from "./lease.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

interface TestTab {
  readonly tabId: string;
  readonly streams: boolean;
  readonly inView: boolean;
  receive(from: string, word: LeaseMessage): void;
  show(visible: boolean): void;
  hang(): void;
  wake(): void;
  kill(): void;
}

/** Tabs on a channel that delivers after a moment, unless it loses the message. */
function createBrowser(loses: () => boolean = () => false) {
  const tabs: TestTab[] = [];
  let messages = 0;
  let most = 0;

  function createTab(tabId: string, available = true): TestTab {
    const visibility = createVisibility();
    const timers = createTimers();
    /** What a hung page does when it wakes. */
    let late: (() => void)[] = [];
    let [isHolding, isHung, isGone] = [false, false, false];
    const whenAwake = (run: () => void) => () => {
      if (isHung) late.push(run);
      else if (!isGone) run();
    };
    /** What is cancelled does not run, be it due already. */
    const after: typeof timers.after = (ms, run) => {
      let isCancelled = false;
      const cancel = timers.after(
        ms,
        whenAwake(() => {
          if (!isCancelled) run();
        }),
      );
      return () => {
        isCancelled = true;
        cancel();
      };
    };
    const lease = createLease({
      tabId,
      condition: whileInView(visibility),
      channel: { available } as Channel,
      timers: { ...timers, after },
      post(word) {
        messages += 1;
        for (const other of tabs) if (other.tabId !== tabId && !loses()) other.receive(tabId, word);
      },
    });
    const tab = {
      tabId,
      get streams() {
        return isHolding && !isGone;
      },
      receive: (from: string, word: LeaseMessage) =>
        void setTimeout(
          whenAwake(() => lease.receive(from, word)),
          20,
        ),
      show: (visible: boolean) => {
        if (!isHung && !isGone) visibility.report("page", visible);
      },
      get inView() {
        return visibility.inView && !isGone;
      },
      hang() {
        isHung = true;
      },
      wake() {
        isHung = false;
        for (const run of late.splice(0)) run();
      },
      kill() {
        isGone = true;
        late = [];
        tabs.splice(tabs.indexOf(tab), 1);
      },
    };
    tabs.push(tab);
    lease.elect(() => {
      isHolding = true;
      most = Math.max(most, tabs.filter((each) => each.streams).length);
      return () => {
        isHolding = false;
      };
    });
    return tab;
  }

  return {
    tabs,
    createTab,
    pass: (ms: number) => vi.advanceTimersByTime(ms),
    streaming: () => tabs.filter((tab) => tab.streams).map(({ tabId }) => tabId),
    messages: () => messages,
    /** The most streams that there were at once. */
    most: () => most,
  };
}

const tab = (n: number) => `tab-${String(n).padStart(2, "0")}`;

/** With so many tabs, of which one has been elected. */
function openBrowser(tabs: number) {
  const browser = createBrowser();
  for (let n = 1; n <= tabs; n += 1) browser.createTab(tab(n));
  browser.pass(1_000);
  return browser;
}

describe("without Web Locks", () => {
  test("one of twelve tabs is elected, and a new one does not replace it", () => {
    const { createTab, pass, streaming } = openBrowser(11);
    expect(streaming()).toEqual([tab(1)]);
    createTab("tab-00");
    for (let second = 0; second < 60; second += 1) {
      pass(1_000);
      expect(streaming()).toEqual([tab(1)]);
    }
  });

  test("the next is elected within a second of its going out of view", () => {
    const { tabs, pass, streaming } = openBrowser(4);
    tabs[0]?.show(false);
    expect(streaming()).toEqual([]);
    pass(1_000);
    expect(streaming()).toEqual([tab(2)]);
    for (const each of tabs) each.show(false);
    expect(streaming()).toEqual([]);
  });

  test("within 13 s of its death", () => {
    const { tabs, pass, streaming } = openBrowser(5);
    tabs[0]?.kill();
    pass(13_000);
    expect(streaming()).toEqual([tab(2)]);
  });

  test("within 13 s of its beginning to hang; when it wakes, it gives way", () => {
    const { tabs, pass, streaming } = openBrowser(5);
    tabs[0]?.hang();
    pass(13_000);
    expect(streaming()).toEqual([tab(1), tab(2)]);
    tabs[0]?.wake();
    pass(100);
    expect(streaming()).toEqual([tab(2)]);
  });

  test("while two may hang there is no third stream, not by a new tab either", () => {
    const { tabs, createTab, pass, streaming } = openBrowser(5);
    tabs[0]?.hang();
    pass(13_000);
    tabs[1]?.hang();
    pass(13_000);
    createTab("tab-00");
    for (let second = 0; second < 200; second += 1) {
      pass(1_000);
      expect(streaming()).toEqual([tab(1), tab(2)]);
    }
  });

  test("nor by the last that is left, with nobody to object, before the first may be forgotten", () => {
    const { tabs, pass, streaming } = openBrowser(3);
    tabs[0]?.hang();
    pass(13_000);
    tabs[1]?.hang();
    for (let second = 0; second < 280; second += 1) {
      pass(1_000);
      expect(streaming()).toEqual([tab(1), tab(2)]);
    }
    pass(60_000);
    expect(streaming()).toEqual([tab(1), tab(2), tab(3)]);
  });

  test("nor where a new tab was elected before it heard of the one that hangs", () => {
    const { tabs, createTab, pass, streaming } = openBrowser(5);
    tabs[0]?.hang();
    const next = createTab("tab-00");
    pass(1_000);
    next.hang();
    for (let second = 0; second < 200; second += 1) {
      pass(1_000);
      expect(streaming()).toEqual([tab(1), "tab-00"]);
    }
  });

  test("nor where the one that took over hangs at once, and a new tab claims before that is noticed", () => {
    const { tabs, createTab, pass, streaming } = openBrowser(5);
    tabs[0]?.hang();
    while (streaming().length < 2) pass(100);
    tabs[1]?.hang();
    createTab("tab-00");
    for (let second = 0; second < 200; second += 1) {
      pass(1_000);
      expect(streaming()).toEqual([tab(1), tab(2)]);
    }
  });

  test("one that is taken to hang, for what it said was lost, says that it does not", () => {
    let isDeaf = false;
    const { tabs, createTab, pass, streaming } = createBrowser(() => isDeaf);
    for (let n = 1; n <= 3; n += 1) createTab(tab(n));
    pass(1_000);
    const [first, second] = tabs;
    first?.hang();
    pass(13_000);
    isDeaf = true;
    first?.wake();
    pass(100);
    isDeaf = false;
    pass(5_000);
    expect(streaming()).toEqual([tab(2)]);
    // Two that are gone at once, of which only the one that had the lease may hang.
    first?.kill();
    second?.kill();
    pass(14_000);
    expect(streaming()).toEqual([tab(3)]);
  });

  test("nor by one that hung while it claimed, and answers older claims before its own time is over", () => {
    const { tabs, createTab, pass, streaming, most } = createBrowser();
    for (let n = 1; n <= 3; n += 1) createTab(tab(n));
    tabs[0]?.hang();
    pass(500);
    expect(streaming()).toEqual([tab(2)]);
    tabs[1]?.hang();
    pass(13_000);
    expect(streaming()).toEqual([tab(2), tab(3)]);
    tabs[0]?.wake();
    pass(60_000);
    expect(most()).toBe(2);
  });

  test("two that elected themselves, for want of each other's messages, are one after the next", () => {
    let isDeaf = true;
    const { createTab, pass, streaming } = createBrowser(() => isDeaf);
    createTab(tab(1));
    createTab(tab(2));
    pass(1_000);
    expect(streaming()).toEqual([tab(1), tab(2)]);
    isDeaf = false;
    pass(5_000);
    expect(streaming()).toHaveLength(1);
  });

  test("and without a channel no tab is elected", () => {
    const { createTab, pass, streaming } = createBrowser();
    createTab(tab(1), false);
    createTab(tab(2), false);
    pass(60_000);
    expect(streaming()).toEqual([]);
  });

  test("it costs a message every four seconds, whatever the number of tabs", () => {
    const { createTab, pass, messages } = createBrowser();
    for (let n = 0; n < 12; n += 1) createTab(tab(n));
    pass(2_000);
    const before = messages();
    pass(40_000);
    expect(messages() - before).toBe(10);
  });
});

test("a leader that was closed while a tab was out of view is not taken to hang by it", () => {
  const { createTab, pass, streaming } = createBrowser();
  const leaders = [createTab(tab(1))];
  const other = createTab(tab(2));
  pass(1_000);
  for (const n of [3, 4]) {
    other.show(false);
    leaders[0]?.show(false);
    leaders.shift()?.kill();
    leaders.push(createTab(tab(n)));
    pass(1_000);
    other.show(true);
    pass(1_000);
  }
  leaders[0]?.show(false);
  pass(1_000);
  expect(streaming()).toEqual([tab(2)]);
});

type Act = { do: "show" | "hide" | "hang" | "wake" | "kill" | "open"; tab: number; wait: number };

const act: fc.Arbitrary<Act> = fc.record({
  do: fc.constantFrom("show", "hide", "hang", "wake", "kill", "open"),
  tab: fc.nat(11),
  wait: fc.integer({ min: 0, max: 20_000 }),
});

test("whatever tabs do, there are two streams at most, and one again when all is well", () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const { tabs, createTab, pass, streaming, most } = createBrowser();
      for (let n = 0; n < 6; n += 1) createTab(tab(n));
      let opened = 6;
      for (const next of acts) {
        const target = tabs[next.tab % Math.max(1, tabs.length)];
        if (next.do === "open" && tabs.length < 12) createTab(tab(opened++));
        else if (next.do === "show" || next.do === "hide") target?.show(next.do === "show");
        else if (next.do === "kill" && target?.streams) target.kill();
        else if (next.do === "hang") target?.hang();
        else if (next.do === "wake") target?.wake();
        pass(next.wait);
      }
      expect(most()).toBeLessThanOrEqual(2);
      for (const each of [...tabs]) each.wake();
      pass(320_000);
      expect(streaming()).toHaveLength(tabs.some(({ inView }) => inView) ? 1 : 0);
      vi.clearAllTimers();
    }),
    { numRuns: 100 },
  );
});
