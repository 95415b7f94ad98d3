import { createEmitter } from "#sync";
import { createMemoryStore } from "./memory-store.ts";
import type { Item, Kind, PersistentStore } from "./persistent-store.ts";

/** A tab's view of persistent storage, for one session. Failures are reported by `trouble`, never thrown. */
export interface TabStorage {
  /** Stores an item soon, in one write with the others of the same task. */
  put(item: Item): void;
  /** Resolves when everything put so far is written, or could not be. */
  flush(): Promise<void>;
  /** This tab's values, by name. Of query data, those of the last day. */
  read(kind: Kind): Promise<ReadonlyMap<string, unknown>>;
  /** Deletes query data that no tab reads any more. It may take a while. */
  prune(): Promise<void>;
  /** Adopts the writes and drafts of a closed tab. */
  adopt(from: string): Promise<void>;
  tabs(kind: Kind): Promise<ReadonlySet<string>>;
  count(kind: Kind): Promise<number>;
  /** The browser's message where persistent storage has failed; null while it works. */
  readonly trouble: string | null;
  subscribe(listener: () => void): () => void;
  close(): void;
}

export interface TabStorageOptions {
  store: PersistentStore;
  sessionId: string;
  /** The tab's name in the storage. */
  tab: string;
  /** Milliseconds after which storage that has not opened is given up for memory. */
  timeout?: number;
}

const day = 86_400_000;

/** Opens the storage for a session. Where it fails, values are held in memory. */
export async function openTabStorage({
  store: disk,
  sessionId,
  tab,
  timeout = 2000,
}: TabStorageOptions): Promise<TabStorage> {
  const changed = createEmitter<void>();
  let store = disk;
  let trouble: string | null = null;
  let pending = new Map<string, Item>();
  let draining: Promise<void> | null = null;
  let closed = false;

  async function fail(error: unknown) {
    if (closed || store !== disk) return;
    trouble = error instanceof Error ? error.message || error.name : String(error);
    store = createMemoryStore();
    await store.enter(sessionId);
    changed.emit();
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
    while (pending.size > 0 && !closed) {
      const items = [...pending.values()];
      pending = new Map();
      await attempt((to) => to.write(sessionId, tab, items));
    }
    draining = null;
  }

  try {
    await within(timeout, store.enter(sessionId));
  } catch (error) {
    await fail(error);
  }

  return {
    put(item) {
      if (closed) return;
      pending.set(`${item.kind} ${item.name}`, item);
      draining ??= Promise.resolve().then(drain);
    },
    flush: async () => void (await draining),
    read: (kind) =>
      attempt((from) => from.read(kind, tab, kind === "cache" ? Date.now() - day : 0)),
    prune: () => attempt((from) => from.prune("cache", Date.now() - day)),
    adopt: (from) => attempt((to) => to.adopt(sessionId, from, tab)),
    tabs: (kind) => attempt((from) => from.tabs(kind)),
    count: (kind) => attempt((from) => from.count(kind)),
    get trouble() {
      return trouble;
    },
    subscribe: changed.subscribe,
    close() {
      closed = true;
    },
  };
}

function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("Storage does not answer")), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
