import { createEmitter } from "#sync";
import type { Entering, Item, Kind, PersistentStore } from "./persistent-store.ts";

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
  /** The browser's message while something that the user did is not on disk; else null. */
  readonly trouble: string | null;
  subscribe(listener: () => void): () => void;
  close(): void;
}

export interface TabStorageOptions {
  store: PersistentStore;
  sessionId: string;
  /** The tab's name in the storage. */
  tab: string;
  /** Whose session it is, and what becomes of the work of the one before. */
  entering?: Omit<Entering, "ifNone">;
  /** Whether the session is still the browser's: only then is storage that was emptied entered again. */
  isCurrent?: () => boolean;
  /** Milliseconds after which storage that has not opened is given up for now. */
  timeout?: number;
}

const day = 86_400_000;
const firstRetry = 1000;
const lastRetry = 30_000;

/**
 * Opens the storage for a session. What the disk does not take stays in memory and is tried again. The writes
 * and drafts of this tab are held here too, to be written anew where the database was deleted.
 */
export async function openTabStorage({
  store,
  sessionId,
  tab,
  entering = {},
  isCurrent = () => true,
  timeout = 2000,
}: TabStorageOptions): Promise<TabStorage> {
  const changed = createEmitter<void>();
  const work = new Map<string, Item>();
  /** Not on disk yet, the deletions included. */
  const unwritten = new Map<string, Item>();
  let readError: unknown = null;
  let writeError: unknown = null;
  let trouble: string | null = null;
  let isEntered = false;
  /** False once query data could not be read or written: what is on disk stays as of its own head. */
  let keepsCache = true;
  let draining: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retry = firstRetry;
  let closed = false;

  function report() {
    const error = readError ?? (unwritten.size > 0 || !isEntered ? writeError : null);
    const next = error === null ? null : messageOf(error);
    if (next === trouble || closed) return;
    trouble = next;
    changed.emit();
  }

  async function enter(ifNone = false) {
    await within(timeout, store.enter(sessionId, { ...entering, ifNone }));
    isEntered = true;
  }

  /** Writes these items, or throws. */
  async function write(items: readonly [string, Item][]) {
    if (!isEntered && isCurrent()) await enter();
    const args = [sessionId, tab, items.map(([, item]) => item)] as const;
    const send = () => within(5 * timeout, store.write(...args));
    let outcome = await send();
    if (outcome === "emptied" && isCurrent()) {
      await enter(true);
      holdAll();
      outcome = await send();
    }
    // A session that is over stores nothing: it is closed in a moment.
    if (outcome !== "written" && isCurrent()) throw new Error("Storage belongs to another session");
    for (const [key, item] of items) if (unwritten.get(key) === item) unwritten.delete(key);
  }

  /** Everything that the user did is to be written again. */
  function holdAll() {
    for (const [key, item] of work) if (!unwritten.has(key)) unwritten.set(key, item);
  }

  /** True where everything that was to be written is on disk. */
  async function writeAll(): Promise<boolean> {
    try {
      await write([...unwritten]);
      return true;
    } catch (error) {
      writeError = error;
    }
    // Query data is read again; what the user did counts. Deletions need no space, so they go first.
    for (const [key, { kind, value }] of unwritten)
      if (kind === "cache" && value !== undefined) {
        unwritten.delete(key);
        keepsCache = false;
      }
    const isDeletion = ([, { value }]: [string, Item]) => value === undefined;
    const deletions = [...unwritten].filter(isDeletion);
    const values = [...unwritten].filter((each) => !isDeletion(each)).map((each) => [each]);
    for (const part of [deletions, ...values]) {
      if (part.length === 0) continue;
      try {
        await write(part);
      } catch (error) {
        writeError = error;
      }
    }
    return unwritten.size === 0;
  }

  async function drain() {
    clearTimeout(timer);
    let isDone = true;
    while (unwritten.size > 0 && isDone && !closed) isDone = await writeAll();
    draining = null;
    report();
    if (isDone) retry = firstRetry;
    if (isDone || closed) return;
    timer = setTimeout(startDraining, retry);
    retry = Math.min(retry * 2, lastRetry);
  }

  function startDraining() {
    if (!closed) draining ??= Promise.resolve().then(drain);
  }

  const unsubscribe = store.subscribe(() => {
    if (closed) return;
    holdAll();
    startDraining();
  });

  /** What cannot be read or done leaves the disk as it is. */
  async function attempt<T>(run: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return isEntered ? await run() : otherwise;
    } catch {
      return otherwise;
    }
  }

  async function readStored(kind: Kind): Promise<ReadonlyMap<string, unknown>> {
    try {
      if (isEntered) return await store.read(kind, tab, kind === "cache" ? Date.now() - day : 0);
    } catch (error) {
      if (kind !== "cache") readError = error;
    }
    if (kind === "cache") keepsCache = false;
    return new Map();
  }

  try {
    await enter();
  } catch (error) {
    writeError = error;
  }
  report();

  return {
    put(item) {
      const { kind, value } = item;
      if (closed || (kind === "cache" && value !== undefined && !keepsCache)) return;
      const key = keyOf(item);
      unwritten.set(key, item);
      if (kind !== "cache") {
        if (value === undefined) work.delete(key);
        else work.set(key, item);
      }
      startDraining();
    },
    flush: async () => void (await draining),
    async read(kind) {
      const values = new Map(await readStored(kind));
      for (const { kind: of, name, value } of unwritten.values()) {
        if (of !== kind) continue;
        if (value === undefined) values.delete(name);
        else values.set(name, value);
      }
      if (kind !== "cache")
        for (const [name, value] of values) {
          const item = { kind, name, value };
          if (!work.has(keyOf(item))) work.set(keyOf(item), item);
        }
      report();
      return values;
    },
    prune: () => attempt(() => store.prune("cache", Date.now() - day), undefined),
    adopt: (from) => attempt(() => store.adopt(sessionId, from, tab), undefined),
    tabs: (kind) => attempt(() => store.tabs(kind), new Set()),
    async count(kind) {
      const own = [...work.values()].filter((item) => item.kind === kind).length;
      const countAll = () => store.count(kind);
      if (unwritten.size === 0) return attempt(countAll, own);
      const countOthers = async () => (await countAll()) - (await store.read(kind, tab)).size;
      return own + (await attempt(countOthers, 0));
    },
    get trouble() {
      return trouble;
    },
    subscribe: changed.subscribe,
    close() {
      closed = true;
      clearTimeout(timer);
      unsubscribe();
    },
  };
}

const keyOf = ({ kind, name }: Item) => `${kind} ${name}`;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}

function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("Storage does not answer")), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
