import type { Context } from "../core/context.ts";
import { holdLockWhile, whileInView } from "../platform/locks.ts";

export interface SharedReadsOptions
  extends Pick<Context, "locks" | "names" | "visibility" | "timers"> {
  /** Broadcasts the answer that this tab has just read. */
  lend: (queryHash: string) => void;
  /** Milliseconds to wait for an answer that was lent and is still under way. */
  patience?: number;
  /** Milliseconds to wait for this tab's turn; after that `run` rejects. */
  deadline?: number;
}

/** Below this many tabs in view an answer lent costs the channel about what it saves the server. */
const worthLending = 3;

/** Makes one request of what N tabs would each ask for because of the same change. */
export function createSharedReads(options: SharedReadsOptions) {
  const { locks, names, visibility, timers, lend, patience = 50, deadline = 2000 } = options;
  const waiting = new Map<string, () => void>();
  const turns = new Set<AbortController>();
  let closed = false;

  function answer(queryHash: string): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        cancel();
        waiting.delete(queryHash);
        resolve();
      };
      const cancel = timers.after(patience, done);
      waiting.set(queryHash, done);
    });
  }

  const release = locks
    ? holdLockWhile(whileInView(visibility), names.viewLock, { locks, mode: "shared" })
    : () => {};

  return {
    /**
     * Runs `read` unless, by the time it is this tab's turn, `isNeeded` says that another tab's answer
     * was enough. One tab reads at a time; when it dies in the middle, the next takes over.
     */
    async run(queryHash: string, isNeeded: () => boolean, read: () => Promise<unknown>) {
      const name = names.readLock(queryHash);
      const { held = [] } = (await locks?.query()) ?? {};
      const inView = held.filter((lock) => lock.name === names.viewLock).length;
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
      if (hadTurn || closed) return;
      // A frozen or hung page keeps its lock: the wait for it ends.
      const turn = new AbortController();
      turns.add(turn);
      const cancel = timers.after(deadline, () => turn.abort());
      const takeTurn = async () => {
        cancel();
        if (isNeeded()) await answer(queryHash);
        if (isNeeded()) await readAndLend();
      };
      await locks
        .request(name, { signal: turn.signal }, takeTurn)
        .finally(() => turns.delete(turn));
    },
    /** An answer for this query was received. */
    received(queryHash: string) {
      waiting.get(queryHash)?.();
    },
    close() {
      closed = true;
      release();
      for (const turn of turns) turn.abort();
      // What waits for an answer holds a lock.
      for (const done of waiting.values()) done();
    },
  };
}
