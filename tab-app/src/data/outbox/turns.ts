import type { Online } from "./sending.ts";

interface Turn {
  readonly row: string;
  /** Waits for all before it, and not only for those of its row. */
  isInLine: boolean;
  readonly begin: () => void;
}

/** Decides in which order writes leave. */
export interface Turns {
  /**
   * `due` resolves when the write may leave, and rejects by the signal; `isDue` where that is at once. It
   * has its turn until it leaves.
   */
  join(
    key: string,
    row: string,
    options: { isStored: boolean; signal: AbortSignal },
  ): { readonly isDue: boolean; readonly due: Promise<void> };
  leave(key: string): void;
  close(): void;
}

/**
 * Writes of one row leave one after the other, so that the later one wins on the server too; those of
 * different rows at once. What waited for the network, or on disk, is in line: one by one, as it was asked
 * for. Nothing leaves without a network.
 */
export function createTurns(online: Online): Turns {
  /** All that have not left, in the order in which they joined: of two, the later waits for the earlier. */
  const line = new Map<string, Turn>();

  function advance() {
    if (!online.isOnline()) return;
    const taken = new Set<string>();
    for (const turn of line.values()) {
      if (turn.isInLine ? taken.size === 0 : !taken.has(turn.row)) turn.begin();
      taken.add(turn.row);
    }
  }

  const unsubscribe = online.subscribe((isOnline) => {
    if (isOnline) advance();
    else for (const turn of line.values()) turn.isInLine = true;
  });

  return {
    join(key, row, { isStored, signal }) {
      let isDue = false;
      const due = new Promise<void>((resolve, reject) => {
        const begin = () => {
          isDue = true;
          resolve();
        };
        line.set(key, { row, isInLine: isStored || !online.isOnline(), begin });
        signal.addEventListener("abort", () => reject(signal.reason));
      });
      advance();
      return { isDue, due };
    },
    leave(key) {
      line.delete(key);
      advance();
    },
    close: unsubscribe,
  };
}
