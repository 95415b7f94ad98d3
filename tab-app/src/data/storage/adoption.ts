import { tabLock } from "#data/tabs/claim-tab-name.ts";
import { heldLocks, type Locks } from "#sync";
import type { TabStorage } from "./tab-storage.ts";

export interface AdoptionOptions {
  storage: Pick<TabStorage, "tabs" | "adopt">;
  /** This tab's name in the storage. */
  ownName: string;
  onAdopted: () => void;
  locks?: Locks | undefined;
  /** Milliseconds without its lock after which a tab counts as closed: a reload takes some. */
  gracePeriod?: number;
  /** Milliseconds on a clock that nobody sets. */
  now?: () => number;
}

/** Adopts the writes and drafts of closed tabs. A tab is closed when its lock has been free for a while. */
export function createAdoption({
  storage,
  ownName,
  onAdopted,
  locks = navigator.locks,
  gracePeriod = 10_000,
  now = () => performance.now(),
}: AdoptionOptions): { check(): void; close(): void } {
  /** When each tab was first found without its lock. */
  const missing = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  async function check() {
    if (!locks || closed) return;
    const [writers, drafters] = await Promise.all([storage.tabs("writes"), storage.tabs("drafts")]);
    const alive = await heldLocks(tabLock, "exclusive", locks);
    const time = now();
    for (const tab of missing.keys()) if (alive.has(tab)) missing.delete(tab);
    for (const tab of new Set([...writers, ...drafters])) {
      if (tab === ownName || alive.has(tab) || closed) continue;
      const since = missing.get(tab) ?? time;
      missing.set(tab, since);
      if (time - since >= gracePeriod) await adopt(tab);
    }
    if (missing.size === 0 || closed) return;
    clearTimeout(timer);
    timer = setTimeout(checkSafely, gracePeriod);
  }

  async function adopt(tab: string) {
    await locks?.request(tabLock + tab, { ifAvailable: true }, async (lock) => {
      missing.delete(tab);
      if (!lock) return;
      await storage.adopt(tab);
      onAdopted();
    });
  }

  function checkSafely() {
    // Locks are refused: the writes and drafts stay until a tab of that name opens.
    check().catch(() => {});
  }

  return {
    check: checkSafely,
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
