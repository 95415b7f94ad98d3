import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createVisibility } from "#sync";
import { connectOnline } from "./connect-online.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function createTab(fetch: () => Promise<{ status: number }>) {
  let isOnline = true;
  const listeners = new Set<(isOnline: boolean) => void>();
  const online = {
    isOnline: () => isOnline,
    setOnline(next: boolean) {
      isOnline = next;
      for (const listener of listeners) listener(next);
    },
    subscribe(listener: (isOnline: boolean) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const browser = { onLine: true };
  const visibility = createVisibility();
  const asked = vi.fn(fetch);
  const close = connectOnline({ visibility, online, browser, fetch: asked });
  function say(isOnline: boolean) {
    browser.onLine = isOnline;
    online.setOnline(isOnline);
  }
  return { online, say, visibility, asked, close };
}

const unreachable = () => Promise.reject(new TypeError("fetch failed"));

test("a browser that says offline is not believed while the server answers", async () => {
  const { online, say, asked } = createTab(async () => ({ status: 200 }));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).not.toHaveBeenCalled();
  say(false);
  await vi.advanceTimersByTimeAsync(1000);
  expect([online.isOnline(), asked.mock.calls.length]).toEqual([true, 1]);
  asked.mockImplementation(unreachable);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(online.isOnline()).toBe(false);
  say(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([online.isOnline(), asked.mock.calls.length]).toEqual([true, 2]);
});

test("it is believed while the server does not answer, nor more than a gateway does, and asked every 10 s", async () => {
  const { online, say, asked } = createTab(unreachable);
  say(false);
  await vi.advanceTimersByTimeAsync(35_000);
  expect([online.isOnline(), asked.mock.calls.length]).toEqual([false, 4]);
  asked.mockResolvedValueOnce({ status: 502 }).mockResolvedValueOnce({ status: 200 });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(online.isOnline()).toBe(false);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(online.isOnline()).toBe(true);
});

test("a server that does not answer at all is given up, and asked again", async () => {
  const { say, asked } = createTab(() => new Promise(() => {}));
  say(false);
  await vi.advanceTimersByTimeAsync(45_000);
  expect(asked).toHaveBeenCalledTimes(3);
});

test("out of view nothing is asked, and back in view it is asked at once", async () => {
  const { say, visibility, asked } = createTab(unreachable);
  visibility.report("page", false);
  say(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).not.toHaveBeenCalled();
  visibility.report("page", true);
  expect(asked).toHaveBeenCalledOnce();
});

test("closed, it asks no more, and sets nothing", async () => {
  const answers: ((value: { status: number }) => void)[] = [];
  const { online, say, close } = createTab(() => new Promise((resolve) => answers.push(resolve)));
  say(false);
  await vi.advanceTimersByTimeAsync(1000);
  close();
  answers[0]?.({ status: 200 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect([online.isOnline(), answers.length, vi.getTimerCount()]).toEqual([false, 1, 0]);
});
