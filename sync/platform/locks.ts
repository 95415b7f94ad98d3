import { listen } from "./listen.ts";
import type { Visibility } from "./visibility.ts";

/** The slice of `LockManager` that is used. */
export interface Locks {
  request(
    name: string,
    options: {
      mode?: "shared" | "exclusive" | undefined;
      ifAvailable?: boolean;
      signal?: AbortSignal;
    },
    hold: (lock: object | null) => Promise<void>,
  ): Promise<unknown>;
  query(): Promise<{ held?: readonly { name?: string; mode?: string }[] }>;
}

export interface HoldLockOptions {
  /** Null where there are none. By default `navigator.locks`, which is missing on plain http beyond localhost. */
  locks?: Locks | null | undefined;
  mode?: "shared" | "exclusive" | undefined;
}

/**
 * Acquires a Web Lock and holds it until `signal` aborts, which ends the wait for it as well. Resolves
 * to whether it was acquired: false when the wait was aborted or, with `ifAvailable`, when the lock is
 * held elsewhere. Where locks are missing or refused it resolves to true: no other tab can be known of. A lock
 * that was granted while the page slept, and went to another tab for it, is requested again.
 */
export function holdLock(
  name: string,
  signal: AbortSignal,
  {
    locks = defaultLocks(),
    mode,
    ifAvailable = false,
  }: HoldLockOptions & { ifAvailable?: boolean } = {},
): Promise<boolean> {
  return new Promise((resolve) => {
    const refused = (error: Error) => {
      if (signal.aborted || error.name !== "AbortError") resolve(!signal.aborted);
      else if (ifAvailable) resolve(false);
      else request();
    };
    const hold = (lock: object | null) =>
      new Promise<void>((release) => {
        // It may be granted in spite of an abort, where that came a moment before.
        const isHeld = lock !== null && !signal.aborted;
        resolve(isHeld);
        if (isHeld) signal.addEventListener("abort", () => release());
        else release();
      });
    // The platform takes only one of the two options.
    const wait = ifAvailable ? { ifAvailable } : { signal };
    const request = () => void locks?.request(name, { mode, ...wait }, hold).catch(refused);
    if (locks) request();
    else resolve(!signal.aborted);
  });
}

/** Something that holds at times. Calls `follow` at once, and at each change. Returns the undo. */
export type Condition = (follow: (holds: boolean) => void) => () => void;

/** While the user can see the tab: a frozen page keeps its locks, so it must not have any by then. */
export function whileInView(visibility: Visibility): Condition {
  return (follow) => {
    const undo = visibility.subscribe(follow);
    follow(visibility.inView);
    return undo;
  };
}

/**
 * While the page lives, except in the back/forward cache: a page that holds a lock is evicted from it, or never kept.
 * One that may not be cached keeps its lock when it is left, for just that.
 */
export function whilePageLives(
  page: Pick<EventTarget, "addEventListener" | "removeEventListener"> = window,
  mayBeCached: () => boolean = () => true,
): Condition {
  return (follow) => {
    const undo = [
      listen(page, "pagehide", () => mayBeCached() && follow(false)),
      listen(page, "pageshow", () => follow(true)),
    ];
    follow(true);
    return () => {
      for (const each of undo) each();
    };
  };
}

/**
 * Holds a Web Lock, or waits for it, while a condition holds. `onHeld` is called when it is acquired;
 * what that returns, when it is released. Returns what releases it for good.
 */
export function holdLockWhile(
  condition: Condition,
  name: string,
  { onHeld = () => () => {}, ...options }: HoldLockOptions & { onHeld?: () => () => void } = {},
): () => void {
  let holding = new AbortController();

  async function follow(holds: boolean) {
    holding.abort();
    if (!holds) return;
    holding = new AbortController();
    const { signal } = holding;
    if (!(await holdLock(name, signal, options)) || signal.aborted) return;
    signal.addEventListener("abort", onHeld());
  }

  const undo = condition((holds) => void follow(holds));
  return () => {
    undo();
    holding.abort();
  };
}

/** What follows `prefix` in the names of the locks of one mode that are held in this browser. */
export async function heldLocks(
  prefix: string,
  mode: "shared" | "exclusive",
  locks: Locks | null | undefined = defaultLocks(),
): Promise<ReadonlySet<string>> {
  const { held = [] } = (await locks?.query()) ?? {};
  const names = held
    .filter((lock) => lock.mode === mode)
    .map(({ name = "" }) => name)
    .filter((name) => name.startsWith(prefix));
  return new Set(names.map((name) => name.slice(prefix.length)));
}

export function defaultLocks(): Locks | null {
  return globalThis.navigator?.locks ?? null;
}
