import { createMemoryStore } from "./memory-store.ts";
import type { Item, Kind, PersistentStore } from "./persistent-store.ts";

/** One tab's hand in the storage, for one session. What fails is said by `trouble`, never thrown. */
export interface TabStorage {
  /** Keeps what is given, soon; what is put meanwhile goes along. */
  keep(item: Item): void;
  /** Settles once all that was given is kept, or could not be. */
  flush(): Promise<void>;
  /** What this tab keeps, by name. Of answers, those of the last day. */
  read(kind: Kind): Promise<ReadonlyMap<string, unknown>>;
  /** Clears away the answers that no tab reads any more. It may take a while. */
  prune(): Promise<void>;
  /** Takes over what a tab that is gone has left. */
  adopt(from: string): Promise<void>;
  tabs(kind: Kind): Promise<ReadonlySet<string>>;
  count(kind: Kind): Promise<number>;
  /** Why nothing outlives this page, in the browser's words; null while all is well. */
  readonly trouble: string | null;
  subscribe(listener: () => void): () => void;
  close(): void;
}

export interface TabStorageOptions {
  store: PersistentStore;
  sessionId: string;
  /** The tab's own name in the storage. */
  tab: string;
  /** Milliseconds that storage may take to answer before the tab goes on without. */
  patience?: number;
}

const day = 86_400_000;

/** Opens the storage for a session. Where there is none, memory has to do. */
export async function openTabStorage({
  store: disk,
  sessionId,
  tab,
  patience = 2000,
}: TabStorageOptions): Promise<TabStorage> {
  const listeners = new Set<() => void>();
  let store = disk;
  let trouble: string | null = null;
  let waiting = new Map<string, Item>();
  let running: Promise<void> | null = null;
  let closed = false;

  async function fail(error: unknown) {
    if (closed || store !== disk) return;
    trouble = error instanceof Error ? error.message || error.name : String(error);
    store = createMemoryStore();
    await store.enter(sessionId);
    for (const listener of listeners) listener();
  }

  async function attempt<T>(run: (store: PersistentStore) => Promise<T>): Promise<T> {
    try {
      return await run(store);
    } catch (error) {
      await fail(error);
      return run(store);
    }
  }

  async function drain() {
    while (waiting.size > 0 && !closed) {
      const items = [...waiting.values()];
      waiting = new Map();
      await attempt((to) => to.write(sessionId, tab, items));
    }
    running = null;
  }

  try {
    await within(patience, store.enter(sessionId));
  } catch (error) {
    await fail(error);
  }

  return {
    keep(item) {
      if (closed) return;
      waiting.set(`${item.kind} ${item.name}`, item);
      running ??= Promise.resolve().then(drain);
    },
    flush: async () => void (await running),
    read: (kind) =>
      attempt((from) => from.read(kind, tab, kind === "cache" ? Date.now() - day : 0)),
    prune: () => attempt((from) => from.prune("cache", Date.now() - day)),
    adopt: (from) => attempt((to) => to.adopt(sessionId, from, tab)),
    tabs: (kind) => attempt((from) => from.tabs(kind)),
    count: (kind) => attempt((from) => from.count(kind)),
    get trouble() {
      return trouble;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closed = true;
      listeners.clear();
    },
  };
}

function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("Storage does not answer")), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
