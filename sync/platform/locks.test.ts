import { describe, expect, test, vi } from "vitest";
import { createPage } from "../testing/page.ts";
import { createTimerClock } from "../testing/timer-clock.ts";
import { createWebLocks } from "../testing/web-locks.ts";
import {
  heldLocks,
  holdLock,
  holdLockWhile,
  type Locks,
  whileInView,
  whilePageLives,
} from "./locks.ts";
import { createVisibility } from "./visibility.ts";

/** As the platform grants them, with the names of those that are held. */
function createLocks() {
  const clock = createTimerClock();
  const page = createPage("page", { clock });
  const locks = createWebLocks(clock).locksFor(page);
  const held = async () => ((await locks.query()).held ?? []).map(({ name }) => name);
  return { locks, held };
}

const refusing: Locks = {
  request: () => Promise.reject(new DOMException("opaque origin", "SecurityError")),
  query: () => Promise.reject(new DOMException("opaque origin", "SecurityError")),
};
const soon = () => new Promise((resolve) => setTimeout(resolve, 0));

describe("a lock that is held until a signal", () => {
  test("is acquired when free, and released by the signal", async () => {
    const { locks, held } = createLocks();
    const holding = new AbortController();
    expect(await holdLock("a", holding.signal, { locks })).toBe(true);
    expect(await held()).toEqual(["a"]);
    holding.abort();
    await soon();
    expect(await held()).toEqual([]);
  });

  test("is waited for, and acquired when the other tab releases it", async () => {
    const { locks } = createLocks();
    const [first, second] = [new AbortController(), new AbortController()];
    await holdLock("a", first.signal, { locks });
    const isHeld = holdLock("a", second.signal, { locks });
    first.abort();
    expect(await isHeld).toBe(true);
  });

  test("is waited for no longer than the signal says", async () => {
    const { locks, held } = createLocks();
    const first = new AbortController();
    await holdLock("a", first.signal, { locks });
    const giveUp = new AbortController();
    const isHeld = holdLock("a", giveUp.signal, { locks });
    giveUp.abort();
    expect(await isHeld).toBe(false);
    first.abort();
    await soon();
    expect(await held()).toEqual([]);
  });

  test("is requested again when it went to another tab, which the page slept through", async () => {
    const { locks: free } = createLocks();
    let requests = 0;
    const locks: Locks = {
      ...free,
      request: (...request) =>
        requests++ === 0
          ? Promise.reject(new DOMException("aborted", "AbortError"))
          : free.request(...request),
    };
    const other = new AbortController();
    await holdLock("lock", other.signal, { locks: free });
    const mine = new AbortController();
    let isHeld = false;
    const held = holdLock("lock", mine.signal, { locks }).then((acquired) => {
      isHeld = acquired;
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect([requests, isHeld]).toEqual([2, false]);
    other.abort();
    await held;
    expect(isHeld).toBe(true);
    mine.abort();
  });

  test("is not waited for where it has to be available", async () => {
    const { locks } = createLocks();
    const never = new AbortController().signal;
    expect(await holdLock("a", never, { locks, ifAvailable: true })).toBe(true);
    expect(await holdLock("a", never, { locks, ifAvailable: true })).toBe(false);
  });

  test("is released at once when it is granted after the signal", async () => {
    const { locks, held } = createLocks();
    const holding = new AbortController();
    const isHeld = holdLock("a", holding.signal, { locks });
    holding.abort();
    expect(await isHeld).toBe(false);
    await soon();
    expect(await held()).toEqual([]);
  });

  test.each([
    ["missing", null],
    ["refused", refusing],
  ])("counts as held where locks are %s", async (_, locks) => {
    expect(await holdLock("a", new AbortController().signal, { locks })).toBe(true);
    expect(await holdLock("a", AbortSignal.abort(), { locks })).toBe(false);
  });
});

describe("a lock that is held while", () => {
  test("the tab is in view is released out of view, and acquired again", async () => {
    const { locks, held } = createLocks();
    const visibility = createVisibility();
    const onReleased = vi.fn();
    const onHeld = vi.fn(() => onReleased);
    const release = holdLockWhile(whileInView(visibility), "a", { locks, onHeld });
    await soon();
    expect([onHeld.mock.calls.length, (await held()).length]).toEqual([1, 1]);
    visibility.report("page", false);
    expect(onReleased).toHaveBeenCalledTimes(1);
    await soon();
    expect(await held()).toEqual([]);
    visibility.report("page", true);
    await soon();
    expect([onHeld.mock.calls.length, (await held()).length]).toEqual([2, 1]);
    release();
    visibility.report("page", false);
    visibility.report("page", true);
    await soon();
    expect([onReleased.mock.calls.length, (await held()).length]).toEqual([2, 0]);
  });

  test("the tab is in view is not acquired by a tab that goes out of view as it is granted", async () => {
    const { locks, held } = createLocks();
    const visibility = createVisibility();
    const onHeld = vi.fn(() => () => {});
    holdLockWhile(whileInView(visibility), "a", { locks, onHeld });
    visibility.report("page", false);
    await soon();
    expect([onHeld.mock.calls.length, (await held()).length]).toEqual([0, 0]);
  });

  test("the page lives is released before the back/forward cache", async () => {
    const { locks, held } = createLocks();
    const page = new EventTarget();
    const release = holdLockWhile(whilePageLives(page), "a", { locks });
    await soon();
    page.dispatchEvent(new Event("pagehide"));
    await soon();
    expect(await held()).toEqual([]);
    page.dispatchEvent(new Event("pageshow"));
    await soon();
    expect(await held()).toEqual(["a"]);
    release();
    page.dispatchEvent(new Event("pageshow"));
    await soon();
    expect(await held()).toEqual([]);
  });
});

test("a page that may not be cached when it is left keeps its lock", async () => {
  const { locks, held } = createLocks();
  const page = new EventTarget();
  let mayBeCached = false;
  const release = holdLockWhile(
    whilePageLives(page, () => mayBeCached),
    "a",
    { locks },
  );
  await soon();
  page.dispatchEvent(new Event("pagehide"));
  await soon();
  expect(await held()).toEqual(["a"]);
  mayBeCached = true;
  page.dispatchEvent(new Event("pagehide"));
  await soon();
  expect(await held()).toEqual([]);
  release();
});

test("the names of held locks are listed by prefix and mode", async () => {
  const { locks } = createLocks();
  for (const name of ["tab A", "tab B", "other"])
    await holdLock(name, new AbortController().signal, { locks });
  expect(await heldLocks("tab ", "exclusive", locks)).toEqual(new Set(["A", "B"]));
  expect(await heldLocks("tab ", "shared", locks)).toEqual(new Set());
  expect(await heldLocks("tab ", "exclusive", null)).toEqual(new Set());
});
