import { createEmitter } from "#sync";
import {
  type Item,
  isSealed,
  type Kind,
  type PersistentStore,
  sealedTab,
} from "./persistent-store.ts";

interface Entry extends Item {
  readonly tab: string;
  readonly at: number;
}

export interface MemoryStore extends PersistentStore {
  /** Deletes everything, as a user can in the browser's settings. */
  clear(): void;
}

/** A store that lives as long as the page: for tests, and for the simulation. */
export function createMemoryStore(now: () => number = Date.now): MemoryStore {
  const emptied = createEmitter<void>();
  let session: string | null = null;
  let user: string | undefined;
  let entries: readonly Entry[] = [];

  const of = (kind: Kind) => entries.filter((entry) => entry.kind === kind && !isSealed(entry.tab));
  const isAt =
    (tab: string, { kind, name }: Item) =>
    (entry: Entry) =>
      entry.tab === tab && entry.kind === kind && entry.name === name;

  return {
    async enter(sessionId, { ifNone = false, userId, discards = false } = {}) {
      if (ifNone && session !== null) return;
      if (session === sessionId) return;
      const left = discards ? undefined : user;
      entries = entries.flatMap((entry) => {
        if (isSealed(entry.tab)) return entry;
        const isKept = left !== undefined && entry.kind !== "cache";
        return isKept ? { ...entry, tab: sealedTab(left, entry.tab) } : [];
      });
      const own = userId === undefined ? null : sealedTab(userId);
      entries = entries.map((entry) =>
        own !== null && entry.tab.startsWith(own)
          ? { ...entry, tab: entry.tab.slice(own.length) }
          : entry,
      );
      session = sessionId;
      user = userId;
    },
    async read(kind, tab, since = 0) {
      const found = of(kind).filter((entry) => entry.tab === tab && entry.at >= since);
      return new Map(found.map(({ name, value }) => [name, structuredClone(value)]));
    },
    async write(sessionId, tab, items) {
      if (session !== sessionId) return session === null ? "emptied" : "refused";
      for (const item of items) {
        const others = entries.filter((entry) => !isAt(tab, item)(entry));
        const { value } = item;
        entries =
          value === undefined
            ? others
            : [...others, { ...item, value: structuredClone(value), tab, at: now() }];
      }
      return "written";
    },
    async adopt(sessionId, from, to) {
      if (session !== sessionId) return;
      entries = entries.map((entry) =>
        entry.tab !== from || entry.kind === "cache" || entries.some(isAt(to, entry))
          ? entry
          : { ...entry, tab: to },
      );
    },
    tabs: async (kind) => new Set(of(kind).map(({ tab }) => tab)),
    count: async (kind) => of(kind).length,
    async prune(kind, since) {
      entries = entries.filter((entry) => entry.kind !== kind || entry.at >= since);
    },
    subscribe: emptied.subscribe,
    clear() {
      session = null;
      user = undefined;
      entries = [];
      emptied.emit();
    },
    close() {},
  };
}
