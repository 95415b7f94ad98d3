import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createMemoryStore } from "./memory-store.ts";
import { openTabStorage } from "./tab-storage.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const day = 86_400_000;

test("answers older than a day are neither read nor kept for ever; what the user did is", async () => {
  const store = createMemoryStore();
  const before = await openTabStorage({ store, sessionId: "one", tab: "Tab A" });
  before.put({ kind: "cache", name: "q", value: 1 });
  before.put({ kind: "writes", name: "w", value: 2 });
  before.put({ kind: "drafts", name: "d", value: 3 });
  await before.flush();

  vi.setSystemTime(Date.now() + day - 1);
  const after = await openTabStorage({ store, sessionId: "one", tab: "Tab A" });
  expect(await after.read("cache")).toEqual(new Map([["q", 1]]));
  vi.setSystemTime(Date.now() + 2);
  expect(await after.read("cache")).toEqual(new Map());
  expect(await after.read("writes")).toEqual(new Map([["w", 2]]));
  expect(await after.read("drafts")).toEqual(new Map([["d", 3]]));
  expect(await after.count("cache")).toBe(1);
  await after.prune();
  expect(await after.count("cache")).toBe(0);
});
