import { tabLock } from "#data/tabs/claim-tab-name.ts";
import { heldLocks, type Locks } from "#sync";
import type { TabStorage } from "./tab-storage.ts";

export interface AdoptOptions {
  keeper: Pick<TabStorage, "tabs" | "adopt">;
  /** The name in the storage of the tab that adopts. */
  ownName: string;
  /** Something was taken over. */
  onAdopted: () => void;
  locks?: Locks | undefined;
  /** Milliseconds that a tab is missed before it counts as gone: a reload takes some. */
  patience?: number;
}

/**
 * Takes over what tabs left that are gone: writes that nobody would send, and drafts that nobody would
 * offer. A tab is gone when nobody has held its lock for a while.
 */
export function createAdoption({
  keeper,
  ownName,
  onAdopted,
  locks = navigator.locks,
  patience = 10_000,
}: AdoptOptions): { look(): void; close(): void } {
  /** When each was first missed. */
  const missed = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  async function look() {
    if (!locks || closed) return;
    const [writers, drafters] = await Promise.all([keeper.tabs("writes"), keeper.tabs("drafts")]);
    const alive = await heldLocks(tabLock, "exclusive", locks);
    const now = Date.now();
    for (const tab of missed.keys()) if (alive.has(tab)) missed.delete(tab);
    for (const tab of new Set([...writers, ...drafters])) {
      if (tab === ownName || alive.has(tab) || closed) continue;
      const since = missed.get(tab) ?? now;
      missed.set(tab, since);
      if (now - since >= patience) await adopt(tab);
    }
    if (missed.size === 0 || closed) return;
    clearTimeout(timer);
    timer = setTimeout(lookSafely, patience);
  }

  async function adopt(tab: string) {
    await locks?.request(tabLock + tab, { ifAvailable: true }, async (lock) => {
      missed.delete(tab);
      if (!lock) return;
      await keeper.adopt(tab);
      onAdopted();
    });
  }

  function lookSafely() {
    // Locks that are refused: what is left waits for a tab of its name.
    look().catch(() => {});
  }

  return {
    look: lookSafely,
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
