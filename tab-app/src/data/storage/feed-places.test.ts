import { expect, test } from "vitest";
import { createFeedPlaces } from "./feed-places.ts";
import { createMemoryStore } from "./memory-store.ts";
import { openTabStorage } from "./tab-storage.ts";

const place = { row: "act-1", offset: -12.5, focused: "act-2" };

test("where feeds were left comes back after a reload, the latest of them, and not in another session", async () => {
  const store = createMemoryStore();
  const open = async (sessionId: string) => {
    const storage = await openTabStorage({ store, sessionId, tab: "Tab A" });
    return { storage, places: createFeedPlaces(storage, await storage.read("cache")) };
  };
  const { storage, places } = await open("one");
  for (let at = 0; at < 60; at++) places.put(`acc-${at}`, place);
  places.put("acc-10", { ...place, row: "act-9" });
  places.put("acc-20", null);
  await storage.flush();

  const again = (await open("one")).places;
  expect(again.get("acc-59")).toEqual(place);
  expect(again.get("acc-10")?.row).toBe("act-9");
  expect(again.get("acc-20")).toBeUndefined();
  expect(again.get("acc-9")).toBeUndefined();
  expect((await open("two")).places.get("acc-59")).toBeUndefined();
});

test("junk in the storage is no place", () => {
  for (const junk of [7, [["acc-1", { row: 1 }]], { "acc-1": place }, [["acc-1"]]]) {
    const places = createFeedPlaces({ put() {} }, new Map([["feed places", junk]]));
    expect(places.get("acc-1")).toBeUndefined();
  }
});
