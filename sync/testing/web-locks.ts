import type { Locks } from "../platform/locks.ts";
import type { Clock } from "./clock.ts";
import type { Page } from "./page.ts";

type LockOptions = Parameters<Locks["request"]>[1];
type HoldLock = Parameters<Locks["request"]>[2];

interface LockRequest {
  readonly name: string;
  readonly page: Page;
  readonly isShared: boolean;
  readonly grant: () => void;
}

/** Web Locks: granted in order, held by a page that sleeps, and released a moment after a page has died. */
export interface WebLocks {
  locksFor(page: Page): Locks;
  /** A page falls asleep: a lock that it was granted, and does not know of yet, goes to the next. */
  sleep(page: Page): void;
  /** Whether it holds one: such a page is not kept in the back/forward cache. */
  isHeldBy(page: Page): boolean;
  /** Drops a dead page's requests and releases its locks. Returns the names of these. */
  forget(page: Page): readonly string[];
}

export function createWebLocks(clock: Pick<Clock, "now" | "after">): WebLocks {
  let waiting: LockRequest[] = [];
  let held: LockRequest[] = [];
  const notified = new Set<LockRequest>();

  function isFree({ name, isShared }: LockRequest): boolean {
    return held.every((other) => other.name !== name || (isShared && other.isShared));
  }

  function grantNext() {
    const passed = new Set<string>();
    for (const request of waiting) {
      // No request overtakes the first that waits for the name.
      if (passed.has(request.name) || !isFree(request)) {
        passed.add(request.name);
        continue;
      }
      waiting = waiting.filter((each) => each !== request);
      held = [...held, request];
      clock.after(1, request.page, request.grant);
    }
  }

  function release(request: LockRequest, ms: number) {
    clock.after(ms, null, () => {
      held = held.filter((each) => each !== request);
      grantNext();
    });
  }

  function requestLock(
    page: Page,
    name: string,
    { mode, ifAvailable, signal }: LockOptions,
    hold: HoldLock,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const run = (lock: object | null, done: () => void) =>
        void hold(lock).then(
          (value) => {
            done();
            resolve(value);
          },
          (error) => {
            done();
            reject(error);
          },
        );
      const request: LockRequest = {
        name,
        page,
        isShared: mode === "shared",
        grant() {
          if (!held.includes(request)) return reject(new DOMException("aborted", "AbortError"));
          notified.add(request);
          run({ name }, () => release(request, 1));
        },
      };
      // Granted, and the page does not know yet: `hold` is still called, as in a browser.
      const drop = () => {
        if (held.includes(request)) return;
        waiting = waiting.filter((each) => each !== request);
        reject(new DOMException("aborted", "AbortError"));
      };
      if (signal?.aborted) return drop();
      if (ifAvailable && !(isFree(request) && waiting.every((each) => each.name !== name))) {
        clock.after(1, page, () => run(null, () => {}));
        return;
      }
      signal?.addEventListener("abort", drop);
      waiting.push(request);
      grantNext();
    });
  }

  return {
    locksFor: (page) => ({
      request: (name: string, options: LockOptions, hold: HoldLock) =>
        requestLock(page, name, options, hold),
      query: () =>
        new Promise((resolve) => {
          const modeOf = ({ isShared }: LockRequest) => (isShared ? "shared" : "exclusive");
          clock.after(1, page, () =>
            resolve({
              held: held.map((request) => ({ name: request.name, mode: modeOf(request) })),
            }),
          );
        }),
    }),
    sleep(page) {
      for (const request of held)
        if (request.page === page && !notified.has(request)) release(request, 1);
    },
    isHeldBy: (page) => held.some((request) => request.page === page),
    forget(page) {
      waiting = waiting.filter((each) => each.page !== page);
      const own = held.filter((each) => each.page === page);
      for (const request of own) release(request, 30);
      return own.map(({ name }) => name);
    },
  };
}
