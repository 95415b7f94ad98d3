import { afterEach, expect, test, vi } from "vitest";
import { broadcastChannelWorks } from "./broadcast-channel-works.ts";

const name = `test-${process.pid}`;

afterEach(() => vi.unstubAllGlobals());

test("a platform whose channels deliver passes", async () => {
  expect(await broadcastChannelWorks(name)).toBe(true);
});

test("one whose channels open and deliver nothing fails, and so does one that has none", async () => {
  vi.stubGlobal(
    "BroadcastChannel",
    class {
      postMessage() {}
      close() {}
    },
  );
  expect(await broadcastChannelWorks(name, { patience: 10 })).toBe(false);
  vi.stubGlobal("BroadcastChannel", undefined);
  expect(await broadcastChannelWorks(name, { patience: 10 })).toBe(false);
});
