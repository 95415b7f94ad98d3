import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { tabLock } from "#data/tabs/claim-tab-name.ts";
import type { Locks } from "#sync";
import { createAdoption } from "./adoption.ts";
import type { Kind } from "./persistent-store.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A browser in which some tabs are alive, and some have left something. */
function createBrowser(alive: string[], left: Partial<Record<Kind, string[]>>) {
  const living = new Set(alive);
  const adopted: string[] = [];
  const locks: Locks = {
    async request(name, _, hold) {
      await hold(living.has(name.slice(tabLock.length)) ? null : {});
    },
    query: async () => ({
      held: [...living].map((tab) => ({ name: tabLock + tab, mode: "exclusive" })),
    }),
  };
  const adoption = createAdoption({
    storage: {
      tabs: async (kind) => new Set(left[kind]?.filter((tab) => !adopted.includes(tab))),
      adopt: async (from) => void adopted.push(from),
    },
    ownName: "Tab B",
    onAdopted: () => {},
    locks,
  });
  return { living, adopted, adoption };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test("what a tab left that stays away is taken over, once", async () => {
  const { adopted, adoption } = createBrowser(["Tab B"], { writes: ["Tab A"], drafts: ["Tab A"] });
  adoption.check();
  await pass(60_000);
  expect(adopted).toEqual(["Tab A"]);
});

test("a tab that is away for as long as a reload takes finds its own again", async () => {
  const { adopted, adoption, living } = createBrowser(["Tab B"], { drafts: ["Tab A"] });
  adoption.check();
  await pass(3000);
  expect(adopted).toEqual([]);
  living.add("Tab A");
  await pass(60_000);
  // Away again later, it is missed anew.
  living.delete("Tab A");
  adoption.check();
  await pass(3000);
  expect(adopted).toEqual([]);
});

test("a tab that is alive keeps its own, and so does this one", async () => {
  const { adopted, adoption } = createBrowser(["Tab A"], { writes: ["Tab A", "Tab B"] });
  adoption.check();
  await pass(60_000);
  expect(adopted).toEqual([]);
});

test("after the end of the session nothing is taken over", async () => {
  const { adopted, adoption } = createBrowser([], { writes: ["Tab A"] });
  adoption.check();
  await pass(1000);
  adoption.close();
  await pass(60_000);
  expect(adopted).toEqual([]);
});
