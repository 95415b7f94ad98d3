import type { IncomingMessage } from "node:http";
import { afterEach, expect, test, vi } from "vitest";
import { startApi } from "#api/testing/start-api.ts";
import { addressOf, createRateLimits, type Limit, limitedKindOf } from "./rate-limits.ts";
import { setSender } from "./who.ts";

afterEach(() => void vi.useRealTimers());

function request(more: {
  method?: string;
  url?: string;
  headers?: Record<string, string>;
  address?: string;
  session?: string;
}): IncomingMessage {
  const { method = "PATCH", url = "/activities/1", headers = {}, address = "10.0.0.1" } = more;
  const req = { method, url, headers, socket: { remoteAddress: address } };
  const made = req as unknown as IncomingMessage;
  const { session } = more;
  if (session !== undefined)
    setSender(made, {
      sessionId: session,
      userId: "u",
      role: "editor",
      workspace: "main",
      onEnd: () => () => {},
    });
  return made;
}

const few: Limit = { session: 2, address: 3 };
const limits = { writes: few, streams: few, "sign-ins": few };

test("a session and an address have each a number of their own, and the refusal says when to come back", async () => {
  vi.useFakeTimers();
  const limit = createRateLimits({ proxies: 0, limits });
  const write = (session: string, address: string) =>
    limit(request({ session, address }), "writes").then(
      () => "ok",
      (error) => [error.problem.status, Number(error.headers["Retry-After"])],
    );
  expect([await write("s1", "a"), await write("s1", "b"), await write("s1", "c")]).toEqual([
    "ok",
    "ok",
    [429, 60],
  ]);
  // Others at the address are not held up by what was refused.
  expect([await write("s2", "a"), await write("s3", "a"), await write("s4", "a")]).toEqual([
    "ok",
    "ok",
    [429, 60],
  ]);
  await expect(limit(request({ session: "s1", address: "a" }), "streams")).resolves.toBeUndefined();
  vi.advanceTimersByTime(45_000);
  expect(await write("s1", "c")).toEqual([429, 15]);
  vi.advanceTimersByTime(15_001);
  expect(await write("s1", "c")).toBe("ok");
});

test("writes and streams are limited, reads and the list of who is there are not", () => {
  const kind = (method: string, url: string, accept = "*/*") =>
    limitedKindOf(request({ method, url, headers: { accept } }));
  expect(kind("GET", "/activities")).toBeNull();
  expect(kind("GET", "/changes?since=e.1")).toBeNull();
  expect(kind("GET", "/changes", "text/event-stream")).toBe("streams");
  expect(kind("POST", "/presence")).toBeNull();
  for (const method of ["POST", "PUT", "PATCH", "DELETE", "BREW"])
    expect(kind(method, "/batch")).toBe("writes");
});

test("behind proxies the address is what the first of ours was asked from, whatever a client claims", () => {
  const headers = { "x-forwarded-for": "1.2.3.4, 198.51.100.7, 10.0.0.9" };
  expect(addressOf(request({ headers }), 0)).toBe("10.0.0.1");
  expect(addressOf(request({ headers }), 1)).toBe("10.0.0.9");
  expect(addressOf(request({ headers }), 2)).toBe("198.51.100.7");
  expect(addressOf(request({}), 1)).toBe("10.0.0.1");
});

test("the API answers 429 beyond the limit, changes nothing by that write, and goes on answering reads", async () => {
  const { call, get } = await startApi({ rateLimits: { proxies: 0, limits } });
  const note = { accountId: "acc-1", kind: "note", title: "Limited" };
  const answers = [];
  for (let count = 0; count < 4; count++) answers.push(await call("POST", "/activities", note));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 429]);
  const refused = answers.at(-1);
  expect(Number(refused?.headers.get("Retry-After"))).toBeGreaterThan(0);
  expect(refused?.json.detail).toMatch(/^Too many writes in a minute\. Come back in \d+ s\.$/);
  expect((await get("/activities?title=Limited")).rows).toHaveLength(3);
});
