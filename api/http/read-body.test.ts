import type { IncomingMessage } from "node:http";
import { PassThrough } from "node:stream";
import { expect, onTestFinished, test, vi } from "vitest";
import { readBody } from "./read-body.ts";

test("a body that never ends is refused, and its connection closed", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const headers = { "content-type": "application/json" };
  const request = Object.assign(new PassThrough(), { headers });
  const read = expect(readBody(request as unknown as IncomingMessage)).rejects.toMatchObject({
    problem: { status: 408 },
    headers: { Connection: "close" },
  });
  request.write("{");
  await vi.advanceTimersByTimeAsync(30_000);
  await read;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(request.destroyed).toBe(true);
});
