import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createTimers } from "../platform/timers.ts";
import { createVisibility } from "../platform/visibility.ts";
import type { Change } from "../wire/change.ts";
import { createInbox } from "./inbox.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const changesTo = (last: number, first = 1): Change[] =>
  Array.from({ length: last - first + 1 }, (_, at) => ({
    rev: first + at,
    resource: "rows",
    id: "a",
    op: "update",
    version: first + at,
    parents: {},
  }));

function startInbox(limit = 100) {
  const timers = createTimers();
  const visibility = createVisibility();
  const onDropped = vi.fn();
  const inbox = createInbox({ timers, visibility, onDropped, size: 10, limit });
  const slices: number[][] = [];
  const handle = (slice: readonly Change[]) => void slices.push(slice.map(({ rev }) => rev));
  return {
    timers,
    visibility,
    onDropped,
    inbox,
    slices,
    add: (changes: readonly Change[], more = {}) =>
      inbox.add({ kind: "channel", changes, handle, ...more }),
    handled: () => slices.flat(),
  };
}

const revsTo = (last: number) => changesTo(last).map(({ rev }) => rev);

test("the first arrival is handled at once, and so is one a frame later", () => {
  const { add, handled, inbox } = startInbox();
  add(changesTo(1));
  expect(handled()).toEqual([1]);
  expect(inbox.isBehind).toBe(false);
  vi.advanceTimersByTime(16);
  add(changesTo(2, 2));
  expect(handled()).toEqual([1, 2]);
});

test("a gulp is handled in order, a slice of bounded length a frame", () => {
  const { add, slices, handled } = startInbox();
  add(changesTo(35));
  expect(slices).toHaveLength(1);
  vi.advanceTimersByTime(16);
  expect(slices).toHaveLength(2);
  vi.runAllTimers();
  expect(slices.map(({ length }) => length)).toEqual([10, 10, 10, 5]);
  expect(handled()).toEqual(revsTo(35));
});

test("single changes that come within a frame are handled together", () => {
  const { add, slices, handled } = startInbox();
  for (const change of changesTo(41)) add([change]);
  vi.runAllTimers();
  expect(slices.map(({ length }) => length)).toEqual([1, 10, 10, 10, 10]);
  expect(handled()).toEqual(revsTo(41));
});

test("messages without changes keep their turn", () => {
  const { add, inbox, handled } = startInbox();
  add(changesTo(15));
  const seen: number[] = [];
  inbox.add({ kind: null, changes: [], handle: () => void seen.push(handled().length) });
  expect(seen).toEqual([]);
  vi.runAllTimers();
  expect(seen).toEqual([15]);
});

test("only the last slice of an arrival is called the last", () => {
  const { inbox } = startInbox();
  const seen: boolean[] = [];
  inbox.add({
    kind: null,
    changes: changesTo(25),
    handle: (_, isLast) => void seen.push(isLast),
  });
  vi.runAllTimers();
  expect(seen).toEqual([false, false, true]);
});

test("nothing waits out of view: neither what arrives there, nor what waited before", () => {
  const { add, handled, visibility, inbox } = startInbox();
  add(changesTo(35));
  visibility.report("page", false);
  expect(handled()).toEqual(revsTo(35));
  expect(inbox.isBehind).toBe(false);
  add(changesTo(70, 36));
  expect(handled()).toEqual(revsTo(70));
});

test("beyond its bound it drops what waits, and says so", () => {
  const { add, handled, onDropped, inbox } = startInbox();
  for (const change of changesTo(100)) add([change]);
  expect(onDropped).not.toHaveBeenCalled();
  add(changesTo(102, 101));
  expect(onDropped).toHaveBeenCalledOnce();
  expect(inbox.isBehind).toBe(false);
  vi.runAllTimers();
  expect(handled()).toEqual([1]);
});

test("a flood without changes is bounded as well", () => {
  const { add, inbox, onDropped } = startInbox();
  add(changesTo(1));
  for (let at = 0; at < 101; at++) inbox.add({ kind: null, changes: [], handle: () => {} });
  expect(onDropped).toHaveBeenCalledOnce();
});

test("the answer to a catch-up is not dropped with the rest", () => {
  const { add, handled } = startInbox();
  add(changesTo(300), { kind: null, isKept: true });
  add(changesTo(401, 301), { kind: "other" });
  vi.runAllTimers();
  expect(handled()).toEqual(revsTo(300));
});

test("what throws does not take the rest with it", async () => {
  const { add, inbox, handled } = startInbox();
  const errors: unknown[] = [];
  vi.stubGlobal("queueMicrotask", (run: () => void) => {
    try {
      run();
    } catch (error) {
      errors.push(error);
    }
  });
  inbox.add({
    kind: null,
    changes: changesTo(1),
    handle() {
      throw new Error("no");
    },
  });
  add(changesTo(15));
  vi.runAllTimers();
  expect(handled()).toEqual(revsTo(15));
  expect(errors).toHaveLength(1);
});

test("closed, it drops what waits, and takes nothing more", () => {
  const { add, handled, inbox, timers, visibility } = startInbox();
  add(changesTo(35));
  inbox.close();
  timers.close();
  expect(vi.getTimerCount()).toBe(0);
  visibility.report("page", false);
  add(changesTo(70, 36));
  expect(handled()).toEqual(revsTo(10));
});

test("closed by what it handles, it handles nothing more of the slice", () => {
  const { inbox } = startInbox();
  const seen: string[] = [];
  const first = () => void inbox.add({ kind: null, changes: [], handle: () => inbox.close() });
  first();
  inbox.add({ kind: "a", changes: changesTo(1), handle: () => void seen.push("after") });
  vi.runAllTimers();
  expect(seen).toEqual([]);
});

test("says when it falls behind, and when it no longer is", () => {
  const { add, inbox } = startInbox();
  const seen: boolean[] = [];
  inbox.subscribe(() => seen.push(inbox.hasBacklog));
  add(changesTo(25));
  vi.runAllTimers();
  expect(seen).toEqual([true, false]);
});
