import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { userSchema } from "#contract/rows.ts";
import { UnreachableError } from "./api-error.ts";
import { createAsk, parseBody } from "./ask.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = new Promise<never>(() => {});

test.each(["GET", "PATCH"])(
  "a %s that is not answered within 15 s counts as unanswered, whether its head or its body is missing",
  async (method) => {
    for (const send of [
      () => never,
      async () => Object.assign(new Response("{}"), { json: () => never }),
      async () => Object.assign(new Response("{}", { status: 503 }), { json: () => never }),
    ]) {
      const outcome = vi.fn();
      createAsk("/api", send)("/accounts", { method }).catch(outcome);
      await vi.advanceTimersByTimeAsync(14_900);
      expect(outcome).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(200);
      expect(outcome).toHaveBeenCalledWith(expect.any(UnreachableError));
    }
    expect(vi.getTimerCount()).toBe(0);
  },
);

test("a connection that breaks in the middle of the body is no answer, and no refusal", async () => {
  const json = () => Promise.reject(new TypeError("network error"));
  const ask = createAsk("/api", async () => Object.assign(new Response("{}"), { json }));
  await expect(ask("/accounts")).rejects.toThrow(UnreachableError);
});

test.each([429, 502, 504])(
  "%i says that the request may be sent again, and when; a time without reason is not believed",
  async (status) => {
    const answer = (headers: HeadersInit) =>
      createAsk("/api", async () => new Response("{}", { status, headers }))("/accounts");
    await expect(answer({ "Retry-After": "7" })).rejects.toMatchObject({
      name: "UnreachableError",
      retryAfter: 7_000,
    });
    for (const [named, retryAfter] of [
      ["86400", 60_000],
      ["soon", 0],
      ["-3", 0],
    ] as const)
      await expect(answer({ "Retry-After": named })).rejects.toMatchObject({ retryAfter });
    await expect(answer({})).rejects.toMatchObject({ retryAfter: 0 });
  },
);

test("a body that is not JSON is a refusal, which is not repeated", async () => {
  const ask = createAsk("/api", async () => new Response("<html>"));
  await expect(ask("/accounts")).rejects.toMatchObject({ name: "ApiError", status: 200 });
});

test("a request that its caller gives up is aborted for that reason, and is not unanswered", async () => {
  const giveUp = new AbortController();
  let passed: AbortSignal | null | undefined;
  const ask = createAsk("/api", (_, init) => {
    passed = init?.signal;
    return never;
  });
  const outcome = vi.fn();
  ask("/accounts", { signal: giveUp.signal }).catch(outcome);
  giveUp.abort();
  await vi.advanceTimersByTimeAsync(0);
  expect(passed?.aborted).toBe(true);
  expect(outcome).toHaveBeenCalledWith(expect.objectContaining({ name: "AbortError" }));
  expect(vi.getTimerCount()).toBe(0);
});

test("a row that does not fit is refused in words that name its field", () => {
  const row = { id: "u1", version: 1 };
  expect(() => parseBody("/users/u1", userSchema, row)).toThrow(
    "/users/u1: name: Invalid input: expected string, received undefined",
  );
});
