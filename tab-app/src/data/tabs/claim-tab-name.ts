import { holdLock, type Locks, listen } from "#sync";

export interface ClaimOptions {
  locks?: Locks | undefined;
  /** Remembers a tab's name over its reloads; panes of one page share it. */
  memory?: Pick<Storage, "getItem" | "setItem"> | null;
  page?: Pick<EventTarget, "addEventListener" | "removeEventListener">;
  /** Milliseconds to wait for the page before this one to release the name they share. */
  patience?: number;
}

export interface TabNameClaim {
  /** The tab's name in the storage: "Tab A", or "Tab A 2" where another window has a Tab A. */
  readonly name: string;
  close(): void;
}

export const tabLock = "tandem-tab ";

/**
 * Finds a name in the storage that no other tab uses, the same after a reload or a restart of the
 * browser where that is possible. A Web Lock marks it as taken. Before the back/forward cache, which
 * keeps no page with a lock, the name is released; `onLost` is called when another tab has it by the
 * time the page is back.
 */
export async function claimTabName(
  wanted: string,
  onLost: () => void,
  { locks, memory = openMemory(), page = window, patience = 1000 }: ClaimOptions = {},
): Promise<TabNameClaim> {
  const memoryKey = `tandem-tab ${wanted}`;
  let claim = new AbortController();

  /** False when the name is taken, at once or after a wait. */
  async function take(name: string, wait: number): Promise<boolean> {
    claim = new AbortController();
    const timer = wait > 0 ? setTimeout(() => claim.abort(), wait) : undefined;
    const isOurs = await holdLock(tabLock + name, claim.signal, { locks, ifAvailable: !timer });
    clearTimeout(timer);
    return isOurs;
  }

  async function find(): Promise<string> {
    const before = read(memory, memoryKey);
    if (before !== null && (await take(before, patience))) return before;
    for (let number = 1; ; number++) {
      const name = number === 1 ? wanted : `${wanted} ${number}`;
      if (name !== before && (await take(name, 0))) return name;
    }
  }

  const name = await find();
  try {
    memory?.setItem(memoryKey, name);
  } catch {
    // It may have another name after a reload.
  }

  const comeBack = async ({ persisted }: PageTransitionEvent) => {
    if (persisted && !(await take(name, 0))) onLost();
  };
  const undo = [listen(page, "pagehide", () => claim.abort()), listen(page, "pageshow", comeBack)];
  return {
    name,
    close() {
      for (const each of undo) each();
      claim.abort();
    },
  };
}

function read(memory: ClaimOptions["memory"], key: string): string | null {
  try {
    return memory?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

function openMemory(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
