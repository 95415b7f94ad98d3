import type { SyncOptions } from "#sync";
import type { Clock } from "./clock.ts";
import type { Page } from "./page.ts";

interface Wish {
  readonly name: string;
  readonly page: Page;
  readonly isShared: boolean;
  readonly grant: () => void;
}

/** Web Locks: handed on in order, kept by a page that sleeps, and freed a moment after one has died. */
export interface LocksModel {
  locksFor(page: Page): NonNullable<SyncOptions["locks"]>;
  /** A page falls asleep: what was granted and not yet told to it goes to the next. */
  sleep(page: Page): void;
  /** A dead page's wishes and holds end. Returns the names of what it held. */
  forget(page: Page): readonly string[];
}

export function createLocksModel(clock: Clock): LocksModel {
  let waiting: Wish[] = [];
  let held: Wish[] = [];
  const told = new Set<Wish>();

  function isFree({ name, isShared }: Wish): boolean {
    return held.every((other) => other.name !== name || (isShared && other.isShared));
  }

  function handOn() {
    const passed = new Set<string>();
    for (const wish of waiting) {
      // Nobody overtakes the first that waits for a name.
      if (passed.has(wish.name) || !isFree(wish)) {
        passed.add(wish.name);
        continue;
      }
      waiting = waiting.filter((each) => each !== wish);
      held = [...held, wish];
      clock.after(1, wish.page, wish.grant);
    }
  }

  function release(wish: Wish, ms: number) {
    clock.after(ms, null, () => {
      held = held.filter((each) => each !== wish);
      handOn();
    });
  }

  function request(
    page: Page,
    name: string,
    options: { mode?: "shared" | "exclusive"; ifAvailable?: boolean; signal?: AbortSignal },
    hold: (lock: object | null) => Promise<void>,
  ): Promise<unknown> {
    const { mode, ifAvailable, signal } = options;
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
      const wish: Wish = {
        name,
        page,
        isShared: mode === "shared",
        grant() {
          if (!held.includes(wish)) return reject(new DOMException("aborted", "AbortError"));
          told.add(wish);
          run({ name }, () => release(wish, 1));
        },
      };
      // Granted, but not told yet: `hold` is still called, as in a browser.
      const drop = () => {
        if (held.includes(wish)) return;
        waiting = waiting.filter((each) => each !== wish);
        reject(new DOMException("aborted", "AbortError"));
      };
      if (signal?.aborted) return drop();
      if (ifAvailable && !(isFree(wish) && waiting.every((each) => each.name !== name))) {
        clock.after(1, page, () => run(null, () => {}));
        return;
      }
      signal?.addEventListener("abort", drop);
      waiting.push(wish);
      handOn();
    });
  }

  return {
    locksFor: (page) => ({
      request: (
        name: string,
        options: { mode?: "shared" | "exclusive"; ifAvailable?: boolean; signal?: AbortSignal },
        hold: (lock: object | null) => Promise<void>,
      ) => request(page, name, options, hold),
      query: () =>
        new Promise((resolve) => {
          const modeOf = ({ isShared }: Wish) => (isShared ? "shared" : "exclusive");
          clock.after(1, page, () =>
            resolve({ held: held.map((wish) => ({ name: wish.name, mode: modeOf(wish) })) }),
          );
        }),
    }),
    sleep(page) {
      for (const wish of held) if (wish.page === page && !told.has(wish)) release(wish, 1);
    },
    forget(page) {
      waiting = waiting.filter((each) => each.page !== page);
      const own = held.filter((each) => each.page === page);
      for (const wish of own) release(wish, 30);
      return own.map(({ name }) => name);
    },
  };
}
