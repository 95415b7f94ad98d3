import type { TabStorage } from "#data/storage/tab-storage.ts";
import { createEmitter } from "#sync";
import { isPending, type OutboxEntry } from "./outbox.ts";
import { readStored, storedOf } from "./stored-write.ts";

/** The entries of the outbox by their keys, in memory and on disk. */
export interface Queue {
  /** In the order of their numbers. The same array until something changes. */
  readonly entries: readonly OutboxEntry[];
  /** How many the server may still accept. */
  readonly pending: number;
  /** Listeners are called within each change. */
  subscribe(listener: () => void): () => void;
  get(key: string): OutboxEntry | undefined;
  /** The number of a write that is asked for now: higher than all that this tab has seen, and counted as seen. */
  nextNumber(): number;
  /** Takes the place of the entry with its key. */
  put(entry: OutboxEntry): void;
  remove(key: string): void;
  /**
   * What is on disk and not known here, in order. What this tab left keeps its numbers. What another tab left was
   * counted by that tab: it comes after all that this one has asked for so far, in its own order.
   */
  readStored(): Promise<readonly OutboxEntry[]>;
  /** Drops what is in memory, and leaves what is on disk to the next page. */
  close(): void;
}

export function createQueue(storage: Pick<TabStorage, "put" | "read">): Queue {
  const changed = createEmitter<void>();
  const all = new Map<string, OutboxEntry>();
  let entries: readonly OutboxEntry[] = [];
  let highest = 0;
  let closed = false;

  function update() {
    entries = [...all.values()].sort(byNumber);
    changed.emit();
  }

  return {
    get entries() {
      return entries;
    },
    get pending() {
      return entries.filter(isPending).length;
    },
    subscribe: changed.subscribe,
    get: (key) => all.get(key),
    nextNumber: () => ++highest,
    put(entry) {
      const { write, state, error } = entry;
      const before = all.get(write.key);
      const isKnown = before?.write === write;
      if (closed || (isKnown && before.state === state && before.error === error)) return;
      all.set(write.key, entry);
      // How far a write has come is not stored, only why it failed.
      if (!(isKnown && isPending(before) && isPending(entry)))
        storage.put({ kind: "writes", name: write.key, value: storedOf(entry) });
      update();
    },
    remove(key) {
      if (closed || !all.delete(key)) return;
      storage.put({ kind: "writes", name: key });
      update();
    },
    async readStored() {
      const read = [...(await storage.read("writes")).values()].flatMap(
        (value) => readStored(value) ?? [],
      );
      if (closed) return [];
      const unknown = read.filter(({ write }) => !all.has(write.key)).sort(byNumber);
      return unknown.map((entry) => {
        highest = Math.max(entry.number, highest + 1);
        return { ...entry, number: highest };
      });
    },
    close() {
      closed = true;
      all.clear();
      entries = [];
    },
  };
}

/** Equal numbers are of an earlier version of the app, which kept none, or of two tabs. */
function byNumber(a: OutboxEntry, b: OutboxEntry): number {
  return a.number - b.number || a.submittedAt - b.submittedAt;
}
