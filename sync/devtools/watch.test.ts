import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { createEmitter } from "../platform/emitter.ts";
import { nameTabs } from "./tab-titles.ts";
import type { TabReport } from "./trace-schema.ts";
import { connectWatch, type WatchChannel } from "./watch.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const note: TabReport = { type: "note", seq: 1, at: 2, text: "began" };

function setUp(...tabIds: readonly string[]) {
  const sent = createEmitter<unknown>();
  const messages: unknown[] = [];
  onTestFinished(sent.subscribe((message) => messages.push(message)));
  const tabs = tabIds.map((tabId) => {
    const channel: WatchChannel = { post: sent.emit, subscribe: sent.subscribe, close() {} };
    const told: string[] = [];
    const observed = { times: 0, ends: 0 };
    const watch = connectWatch({
      name: "app",
      tabId,
      channel,
      observe(send) {
        observed.times++;
        send([note]);
        return () => observed.ends++;
      },
      onReports: (from) => told.push(from),
    });
    onTestFinished(watch.close);
    return { watch, told, observed };
  });
  return { tabs, messages, junk: sent.emit };
}

describe("tabs that look at each other", () => {
  it("send nothing while none looks", () => {
    const { messages } = setUp("a", "b");
    vi.advanceTimersByTime(60_000);
    expect(messages).toEqual([]);
  });

  it("report while one looks, from the beginning, and no longer", () => {
    const { tabs, messages } = setUp("a", "b", "c");
    const [a, b, c] = tabs;
    a?.watch.look(true);
    expect(a?.told).toEqual(["b", "c"]);
    vi.advanceTimersByTime(30_000);
    expect(b?.observed).toEqual({ times: 1, ends: 0 });
    expect(c?.told).toEqual([]);
    a?.watch.look(false);
    expect(b?.observed.ends).toBe(1);
    const count = messages.length;
    vi.advanceTimersByTime(60_000);
    expect(messages).toHaveLength(count);
  });

  it("report no longer to one that is gone without a word", () => {
    const { tabs, junk } = setUp("b");
    junk({ type: "look", from: "killed" });
    expect(tabs[0]?.observed).toEqual({ times: 1, ends: 0 });
    vi.advanceTimersByTime(11_000);
    expect(tabs[0]?.observed.ends).toBe(1);
  });

  it("begin anew for a second one that looks", () => {
    const { tabs } = setUp("a", "b", "c");
    tabs[0]?.watch.look(true);
    tabs[2]?.watch.look(true);
    expect(tabs[2]?.told).toContain("b");
    expect(tabs[1]?.observed).toEqual({ times: 2, ends: 1 });
  });

  it("ignore junk", () => {
    const { tabs, junk } = setUp("a");
    for (const each of [null, 7, { type: "look" }, { type: "reports", from: "x", reports: 7 }])
      junk(each);
    expect(tabs[0]).toMatchObject({ told: [], observed: { times: 0 } });
  });
});

it("tabs with random ids are called by a part of them, and the own tab This tab", () => {
  const [own, other] = ["5f0c93aa", "0a1b2c3d"];
  expect(nameTabs.titleOf(own, own)).toBe("This tab");
  expect(nameTabs.titleOf(other, own)).toBe("Tab 0a1b");
  expect(nameTabs.titleOf("Tab-A_0f3c91d2", own)).toBe("Tab A");
  const reports = [
    { type: "request", cause: `update notes/7 by ${own}` },
    { type: "change", change: { origin: other } },
    7,
  ];
  expect(nameTabs.inReports(reports, own)).toEqual([
    { type: "request", cause: "update notes/7 by This tab" },
    { type: "change", change: { origin: "Tab 0a1b" } },
    7,
  ]);
});
