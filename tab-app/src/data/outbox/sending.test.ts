import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError, UnreachableError } from "#data/server/api-error.ts";
import { sendUntilAnswered } from "./sending.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function createWorld() {
  let isOnline = true;
  const listeners = new Set<(isOnline: boolean) => void>();
  const online = {
    isOnline: () => isOnline,
    subscribe(listener: (isOnline: boolean) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const setOnline = (next: boolean) => {
    isOnline = next;
    for (const listener of [...listeners]) listener(next);
  };
  const cancellation = new AbortController();
  const onUnanswered = vi.fn();
  const send = (attempt: () => Promise<unknown>) =>
    sendUntilAnswered(attempt, { online, signal: cancellation.signal, onUnanswered });
  return { setOnline, cancellation, onUnanswered, send, listeners };
}

const unanswered = () => Promise.reject(new UnreachableError("down"));

test("what finds no server is repeated until it does, more and more rarely, and at least every 10 s", async () => {
  const { send, onUnanswered } = createWorld();
  let isUp = false;
  const times: number[] = [];
  const began = Date.now();
  const answer = send(async () => {
    times.push(Date.now() - began);
    return isUp ? "done" : unanswered();
  });
  await vi.advanceTimersByTimeAsync(30_000);
  expect(times).toEqual([0, 500, 1500, 3500, 7500, 15_500, 25_500]);
  expect(onUnanswered).toHaveBeenCalledTimes(7);
  isUp = true;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await answer).toBe("done");
});

test("what the server wants later is repeated then, and not before", async () => {
  const { send } = createWorld();
  const times: number[] = [];
  const began = Date.now();
  const answer = send(async () => {
    times.push(Date.now() - began);
    if (times.length < 3) throw new UnreachableError("not now", { retryAfter: 20_000 });
    return "done";
  });
  await vi.advanceTimersByTimeAsync(60_000);
  expect([await answer, times]).toEqual(["done", [0, 20_000, 40_000]]);
});

test("a refusal is not repeated", async () => {
  const { send } = createWorld();
  const attempt = vi.fn(() => Promise.reject(new ApiError("no", 422)));
  await expect(send(attempt)).rejects.toThrow("no");
  expect(attempt).toHaveBeenCalledOnce();
});

test("nothing is attempted without a network, and at once when it is back", async () => {
  const { send, setOnline, listeners } = createWorld();
  const attempt = vi.fn(unanswered);
  send(attempt).catch(() => {});
  await vi.advanceTimersByTimeAsync(0);
  setOnline(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(attempt).toHaveBeenCalledOnce();
  attempt.mockResolvedValueOnce(undefined as never);
  setOnline(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(attempt).toHaveBeenCalledTimes(2);
  expect(listeners.size).toBe(0);
});

test("cancelled between two attempts it makes no other, and keeps no timer", async () => {
  const { send, cancellation, listeners } = createWorld();
  const attempt = vi.fn(unanswered);
  const answer = send(attempt);
  answer.catch(() => {});
  await vi.advanceTimersByTimeAsync(0);
  cancellation.abort();
  await expect(answer).rejects.toMatchObject({ name: "AbortError" });
  expect([vi.getTimerCount(), listeners.size]).toEqual([0, 0]);
  expect(attempt).toHaveBeenCalledOnce();
});

test("cancelled during an attempt it is as that ends", async () => {
  for (const isDone of [true, false]) {
    const { send, cancellation } = createWorld();
    let end = () => {};
    const answer = send(
      () =>
        new Promise((resolve, reject) => {
          end = () => (isDone ? resolve("done") : reject(new UnreachableError("down")));
        }),
    );
    cancellation.abort();
    end();
    if (isDone) expect(await answer).toBe("done");
    else await expect(answer).rejects.toMatchObject({ name: "AbortError" });
  }
});
