import { afterEach, expect, test, vi } from "vitest";
import { testBroadcastChannel } from "./test-broadcast-channel.ts";

afterEach(() => vi.unstubAllGlobals());

test("a platform whose channels deliver passes", async () => {
  expect(await testBroadcastChannel()).toBe(true);
});

test("one whose channels open and deliver nothing fails, and so does one that has none", async () => {
  vi.stubGlobal(
    "BroadcastChannel",
    class {
      postMessage() {}
      close() {}
    },
  );
  expect(await testBroadcastChannel(10)).toBe(false);
  vi.stubGlobal("BroadcastChannel", undefined);
  expect(await testBroadcastChannel(10)).toBe(false);
});
