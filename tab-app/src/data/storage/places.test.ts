import { expect, test } from "vitest";
import { createMemoryStore } from "./memory-store.ts";
import { createPlaces } from "./places.ts";
import { openTabStorage } from "./tab-storage.ts";

const place = (id: number, url = `/?account=acc-${id}`) => ({
  accountId: `acc-${id}`,
  title: `Account ${id}`,
  url,
});

test("the latest places come back after a reload, each account once and as it was left", async () => {
  const store = createMemoryStore();
  const open = async (sessionId: string) => {
    const storage = await openTabStorage({ store, sessionId, tab: "Tab A" });
    return { storage, places: createPlaces(storage, await storage.read("cache")) };
  };
  const { storage, places } = await open("one");
  for (let id = 1; id <= 12; id++) places.visit(place(id));
  places.visit(place(8, "/?account=acc-8&pinned=1"));
  await storage.flush();
  const ids = (recent: readonly { accountId: string }[]) => recent.map((each) => each.accountId);
  const expected = ["acc-8", "acc-12", "acc-11", "acc-10", "acc-9", "acc-7", "acc-6", "acc-5"];
  expect(ids(places.recent)).toEqual(expected);

  const { places: again } = await open("one");
  expect(ids(again.recent)).toEqual(expected);
  expect(again.recent[0]?.url).toBe("/?account=acc-8&pinned=1");
  // Another session has none of them.
  expect((await open("two")).places.recent).toEqual([]);
});

test("junk in the storage is no place", () => {
  for (const value of [7, [{ accountId: 1 }], { recent: [] }, "x"]) {
    const places = createPlaces({ put() {} }, new Map([["places", value]]));
    expect(places.recent).toEqual([]);
  }
});
