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

export interface HoldOptions {
  /** Web Locks; without them every tab in view holds it. */
  locks: Locks | undefined;
  visibility: Visibility;
  name: string;
  mode?: "shared" | "exclusive" | undefined;
  /** It is this tab's. Returns what is to be done when it lets go. */
  onHeld?: () => () => void;
}

/**
 * Holds a Web Lock, or waits for it, while the tab is in view. A tab that goes out of view lets go, as a
 * frozen page would keep its locks, and one that holds a lock may not enter the back/forward cache.
 */
export function holdInView({
  locks,
  visibility,
  name,
  mode,
  onHeld = () => () => {},
}: HoldOptions): () => void {
  let gone = new AbortController();

  function follow(inView: boolean) {
    gone.abort();
    if (!inView) return;
    gone = new AbortController();
    const { signal } = gone;
    const hold = () =>
      new Promise<void>((resolve) => {
        if (signal.aborted) return resolve();
        const undo = onHeld();
        signal.addEventListener("abort", () => {
          undo();
          resolve();
        });
      });
    // Where locks are refused it is held all the same; where the wait was aborted, it ends at once.
    if (locks) locks.request(name, { mode, signal }, hold).catch(hold);
    else void hold();
  }

  const unsubscribe = visibility.subscribe(follow);
  follow(visibility.inView);
  return () => {
    unsubscribe();
    gone.abort();
  };
}
