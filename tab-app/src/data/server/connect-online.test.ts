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
  const visibility = createVisibility();
  const asked = vi.fn(fetch);
  return { online, visibility, asked, close: connectOnline({ visibility, online, fetch: asked }) };
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const unreachable = () => Promise.reject(new TypeError("fetch failed"));

test("a browser that says offline is not believed when the server answers", async () => {
  const { online, asked } = createTab(async () => ({ status: 200 }));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).not.toHaveBeenCalled();
  online.setOnline(false);
  await settle();
  expect([online.isOnline(), asked.mock.calls.length]).toEqual([true, 1]);
});

test("it is believed while the server does not answer, nor more than a gateway does, and asked every 10 s", async () => {
  const { online, asked } = createTab(unreachable);
  online.setOnline(false);
  await vi.advanceTimersByTimeAsync(35_000);
  expect([online.isOnline(), asked.mock.calls.length]).toEqual([false, 4]);
  asked.mockResolvedValueOnce({ status: 502 }).mockResolvedValueOnce({ status: 200 });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(online.isOnline()).toBe(false);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(online.isOnline()).toBe(true);
});

test("a server that does not answer at all is given up, and asked again", async () => {
  const { online, asked } = createTab(() => new Promise(() => {}));
  online.setOnline(false);
  await vi.advanceTimersByTimeAsync(45_000);
  expect(asked).toHaveBeenCalledTimes(3);
});

test("out of view nothing is asked, and back in view it is asked at once", async () => {
  const { online, visibility, asked } = createTab(unreachable);
  visibility.report("page", false);
  online.setOnline(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).not.toHaveBeenCalled();
  visibility.report("page", true);
  expect(asked).toHaveBeenCalledOnce();
});

test("closed, it asks no more, and sets nothing", async () => {
  const answers: ((value: { status: number }) => void)[] = [];
  const { online, close } = createTab(() => new Promise((resolve) => answers.push(resolve)));
  online.setOnline(false);
  close();
  answers[0]?.({ status: 200 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect([online.isOnline(), answers.length, vi.getTimerCount()]).toEqual([false, 1, 0]);
});
