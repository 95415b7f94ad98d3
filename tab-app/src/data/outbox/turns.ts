import type { Online } from "./sending.ts";
import type { Held } from "./writes.ts";

interface Turn {
  readonly held: Held;
  /** Waits for all before it, and not only for those of its row. */
  isInLine: boolean;
  readonly begin: () => void;
}

/**
 * Decides when a write may leave. Writes of one row leave one after the other, so that the later one wins on
 * the server too; those of different rows at once, but for one that is made or deleted and what belongs to it. What waited for the network, or on disk, leaves one by one
 * in the order in which it was asked for. Without a network nothing leaves.
 */
export function createTurns(online: Online) {
  /** In the order of joining: of two, the later may wait for the earlier, so that none waits for ever. */
  const line = new Map<string, Turn>();

  function advance() {
    if (!online.isOnline()) return;
    const taken = new Set<string>();
    const within = new Set<string>();
    let isFirst = true;
    for (const { held, isInLine, begin } of line.values()) {
      const isFree =
        !held.rows.some((row) => taken.has(row) || within.has(row)) &&
        !held.within.some((row) => taken.has(row));
      if (isInLine ? isFirst : isFree) begin();
      for (const row of held.rows) taken.add(row);
      for (const row of held.within) within.add(row);
      isFirst = false;
    }
  }

  const unsubscribe = online.subscribe((isOnline) => {
    if (isOnline) advance();
    else for (const turn of line.values()) turn.isInLine = true;
  });

  return {
    /**
     * `due` resolves when the write may leave, and rejects by the signal; `isDue`: at once. The turn lasts until
     * `leave`.
     */
    join(
      key: string,
      held: Held,
      { isStored, signal }: { isStored: boolean; signal: AbortSignal },
    ) {
      let isDue = false;
      const due = new Promise<void>((resolve, reject) => {
        const begin = () => {
          isDue = true;
          resolve();
        };
        line.set(key, { held, isInLine: isStored || !online.isOnline(), begin });
        signal.addEventListener("abort", () => reject(signal.reason));
      });
      advance();
      return { isDue, due };
    },
    leave(key: string) {
      line.delete(key);
      advance();
    },
    close: unsubscribe,
  };
}
