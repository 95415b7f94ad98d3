import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { sharedNames } from "../core/context.ts";
import type { Locks } from "../platform/locks.ts";
import { createTimers } from "../platform/timers.ts";
import { createVisibility } from "../platform/visibility.ts";
import { createSharedReads } from "./shared-reads.ts";

/** Web Locks, as far as they are used: exclusive ones in turn, shared ones side by side. */
function createLocks() {
  const held: { name: string }[] = [];
  const turns = new Map<string, Promise<unknown>>();
  const locks: Locks = {
    async request(name, { mode, ifAvailable, signal }, hold) {
      const isHeld = held.some((lock) => lock.name === name);
      if (ifAvailable && isHeld) return hold(null);
      const grant = async () => {
        signal?.throwIfAborted();
        const lock = { name };
        held.push(lock);
        try {
          await hold(lock);
        } finally {
          held.splice(held.indexOf(lock), 1);
        }
      };
      if (mode === "shared" || !isHeld) {
        const turn = grant();
        if (mode !== "shared")
          turns.set(
            name,
            turn.catch(() => {}),
          );
        return turn;
      }
      const turn = (turns.get(name) ?? Promise.resolve()).then(grant);
      turns.set(
        name,
        turn.catch(() => {}),
      );
      return turn;
    },
    query: async () => ({ held: [...held] }),
  };
  return locks;
}

/** Tabs that all hold one stale query; an answer lent by one makes it fresh in the others, a bit later. */
function createTabs(count: number, locks: Locks | null) {
  const reads: number[] = [];
  const tabs = Array.from({ length: count }, (_, number) => {
    const visibility = createVisibility();
    const tab = {
      number,
      visibility,
      stale: true,
      dies: false,
      shared: createSharedReads({
        locks,
        names: sharedNames("test"),
        visibility,
        timers: createTimers(),
        lend: (hash) => {
          for (const other of tabs)
            if (other !== tab)
              setTimeout(() => {
                other.stale = false;
                other.shared.received(hash);
              }, 2);
        },
      }),
      run: () =>
        tab.shared.run(
          "query",
          () => tab.stale,
          async () => {
            reads.push(number);
            await new Promise((resolve) => setTimeout(resolve, 10));
            if (tab.dies) throw new Error("closed in the middle");
            tab.stale = false;
          },
        ),
    };
    return tab;
  });
  return { tabs, reads };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());
const quiet = () => vi.advanceTimersByTimeAsync(2000);

describe("reads that several tabs are about to make", () => {
  test("cost one request between sixteen tabs", async () => {
    const { tabs, reads } = createTabs(16, createLocks());
    await quiet();
    for (const tab of tabs) void tab.run();
    await quiet();
    expect(reads).toHaveLength(1);
    expect(tabs.some((tab) => tab.stale)).toBe(false);
  });

  test("are made by the next tab when the reader dies in the middle", async () => {
    const { tabs, reads } = createTabs(4, createLocks());
    await quiet();
    const [first, ...others] = tabs;
    if (!first) throw new Error("no tab");
    first.dies = true;
    first.run().catch(() => {});
    for (const tab of others) void tab.run();
    await quiet();
    expect(reads).toEqual([0, 1]);
    expect(others.some((tab) => tab.stale)).toBe(false);
  });

  test("are made by each where there are but two, or no locks", async () => {
    for (const [count, locks] of [
      [2, createLocks()],
      [3, null],
    ] as const) {
      const { tabs, reads } = createTabs(count, locks);
      await quiet();
      for (const tab of tabs) void tab.run();
      await quiet();
      expect(reads).toHaveLength(count);
      expect(tabs.some((tab) => tab.stale)).toBe(false);
    }
  });

  test("do not count tabs that are out of view", async () => {
    const { tabs, reads } = createTabs(4, createLocks());
    for (const tab of tabs.slice(2)) tab.visibility.report("page", false);
    await quiet();
    for (const tab of tabs.slice(0, 2)) void tab.run();
    await quiet();
    expect(reads).toEqual([0, 1]);
  });
});
