import { holdInView, type Locks } from "./hold-in-view.ts";
import type { Visibility } from "./visibility.ts";

export interface SharedReadsOptions {
  /** Web Locks; without them each tab reads for itself. */
  locks: Locks | undefined;
  visibility: Visibility;
  /** Lends the answer that this tab has just read to all others. */
  lend: (queryHash: string) => void;
  /** Milliseconds to wait for an answer that was lent and is still under way. */
  patience?: number;
  /** Milliseconds to wait for this tab's turn; after that `run` rejects. */
  deadline?: number;
}

export interface SharedReads {
  /**
   * Runs `read` unless, by the time it is this tab's turn, `isNeeded` says that another tab's answer
   * has done. One tab reads at a time; when it dies in the middle, the next takes over.
   */
  run(queryHash: string, isNeeded: () => boolean, read: () => Promise<unknown>): Promise<void>;
  /** An answer for this query came in. */
  heard(queryHash: string): void;
  close(): void;
}

/** Held, shared, by every tab in view, so that each can count them. */
const viewLock = "tandem-view";

/** Below this many tabs in view an answer lent costs the channel about what it saves the server. */
const worthLending = 3;

/** Makes one request of what N tabs would each ask for because of the same change. */
export function createSharedReads({
  locks,
  visibility,
  lend,
  patience = 50,
  deadline = 2000,
}: SharedReadsOptions): SharedReads {
  const waiting = new Map<string, () => void>();
  function answer(queryHash: string): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        waiting.delete(queryHash);
        resolve();
      };
      const timer = setTimeout(done, patience);
      waiting.set(queryHash, done);
    });
  }

  const close = locks
    ? holdInView({ locks, visibility, name: viewLock, mode: "shared" })
    : () => {};

  return {
    async run(queryHash, isNeeded, read) {
      const name = `tandem-read ${queryHash}`;
      const { held = [] } = (await locks?.query()) ?? {};
      const inView = held.filter((lock) => lock.name === viewLock).length;
      // Counting takes a moment, in which the tab may have gone out of view.
      if (!locks || inView < worthLending) {
        if (isNeeded()) await read();
        return;
      }
      async function readAndLend() {
        await read();
        lend(queryHash);
      }
      let hadTurn = false;
      await locks.request(name, { ifAvailable: true }, async (lock) => {
        if (!lock) return;
        hadTurn = true;
        if (isNeeded()) await readAndLend();
      });
      if (hadTurn) return;
      // A frozen or hung page keeps its lock: nobody waits for it for ever.
      const tired = new AbortController();
      const timer = setTimeout(() => tired.abort(), deadline);
      await locks.request(name, { signal: tired.signal }, async () => {
        clearTimeout(timer);
        if (isNeeded()) await answer(queryHash);
        if (isNeeded()) await readAndLend();
      });
    },
    heard(queryHash) {
      waiting.get(queryHash)?.();
    },
    close,
  };
}
