import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createTimers } from "./timers.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a timer runs once, and one that repeats until the end", () => {
  const timers = createTimers();
  const [once, often] = [vi.fn(), vi.fn()];
  timers.after(10, once);
  timers.every(10, often);
  vi.advanceTimersByTime(35);
  expect([once.mock.calls.length, often.mock.calls.length]).toEqual([1, 3]);
});

test("a timer that was cancelled does not run", () => {
  const run = vi.fn();
  createTimers().after(10, run)();
  vi.advanceTimersByTime(20);
  expect(run).not.toHaveBeenCalled();
});

test("after the end none is left, and none starts", () => {
  const timers = createTimers();
  const run = vi.fn();
  timers.after(10, run);
  timers.every(10, run);
  timers.close();
  timers.after(10, run);
  timers.every(10, run);
  expect(vi.getTimerCount()).toBe(0);
});
