import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { createEmitter } from "#sync";
import { isSealed, type Kind, type PersistentStore, sealedTab } from "./persistent-store.ts";

type Key = [tab: string, name: string];

interface Entry {
  readonly value: unknown;
  /** When it was stored: milliseconds since the Unix epoch. */
  readonly at: number;
}

interface Schema extends DBSchema {
  /** Under "id": the session that the other stores belong to. Under "user": whose it is, where a provider vouches for them. */
  session: { key: string; value: string };
  cache: { key: Key; value: Entry };
  writes: { key: Key; value: Entry };
  drafts: { key: Key; value: Entry };
}

const kinds = ["cache", "writes", "drafts"] as const satisfies Kind[];
const stores = ["session", ...kinds] as const;

/** All keys of a tab: an array sorts after every text. */
function ofTab(tab: string): IDBKeyRange {
  return IDBKeyRange.bound([tab], [tab, []]);
}

/** The store on disk. Each write checks the session in its own transaction (decision 0015). */
export function createIndexedDbStore(name = "tandem"): PersistentStore {
  const lost = createEmitter<void>();
  let opened: Promise<IDBPDatabase<Schema>> | null = null;

  function forget() {
    opened = null;
  }
  function lose() {
    forget();
    lost.emit();
  }

  function open(): Promise<IDBPDatabase<Schema>> {
    opened ??= openDB<Schema>(name, 1, {
      upgrade(database) {
        for (const store of stores) database.createObjectStore(store);
      },
      // The site's data is being cleared, or a later version of the app opens the database.
      blocking: (_, __, event) => {
        (event.target as IDBDatabase).close();
        lose();
      },
      terminated: lose,
    });
    opened.catch(forget);
    return opened;
  }

  return {
    async enter(sessionId, { ifNone = false, userId, discards = false } = {}) {
      const transaction = (await open()).transaction(stores, "readwrite");
      const session = transaction.objectStore("session");
      const owner = await session.get("id");
      if (owner !== sessionId && !(ifNone && owner !== undefined)) {
        const left = discards ? undefined : await session.get("user");
        void transaction.objectStore("cache").clear();
        for (const kind of ["writes", "drafts"] as const) {
          const store = transaction.objectStore(kind);
          const move = async ([tab, name]: Key, to: string | null) => {
            const entry = to === null ? undefined : await store.get([tab, name]);
            void store.delete([tab, name]);
            if (entry && to !== null) void store.put(entry, [to, name]);
          };
          for (const key of await store.getAllKeys())
            if (!isSealed(key[0]))
              await move(key, left === undefined ? null : sealedTab(left, key[0]));
          if (userId === undefined) continue;
          const own = sealedTab(userId);
          for (const key of await store.getAllKeys())
            if (key[0].startsWith(own)) await move(key, key[0].slice(own.length));
        }
        void session.put(sessionId, "id");
        if (userId === undefined) void session.delete("user");
        else void session.put(userId, "user");
      }
      await transaction.done;
    },
    async read(kind, tab, since = 0) {
      const store = (await open()).transaction(kind).store;
      const [keys, entries] = await Promise.all([
        store.getAllKeys(ofTab(tab)),
        store.getAll(ofTab(tab)),
      ]);
      const named = keys.map(([, name], at) => ({ name, entry: entries[at] }));
      return new Map(
        named.flatMap(({ name, entry }) =>
          entry && entry.at >= since ? [[name, entry.value] as const] : [],
        ),
      );
    },
    async write(sessionId, tab, items) {
      const transaction = (await open()).transaction(stores, "readwrite");
      const owner = await transaction.objectStore("session").get("id");
      if (owner === sessionId) {
        const at = Date.now();
        for (const { kind, name, value } of items) {
          const store = transaction.objectStore(kind);
          // A failed put aborts the transaction: `transaction.done` rejects.
          const done =
            value === undefined ? store.delete([tab, name]) : store.put({ value, at }, [tab, name]);
          done.catch(() => {});
        }
      }
      await transaction.done;
      if (owner === sessionId) return "written";
      return owner === undefined ? "emptied" : "refused";
    },
    async adopt(sessionId, from, to) {
      const transaction = (await open()).transaction(stores, "readwrite");
      if ((await transaction.objectStore("session").get("id")) === sessionId) {
        for (const kind of ["writes", "drafts"] as const) {
          const store = transaction.objectStore(kind);
          for (const key of await store.getAllKeys(ofTab(from))) {
            const [entry, taken] = await Promise.all([store.get(key), store.get([to, key[1]])]);
            if (!entry || taken) continue;
            void store.put(entry, [to, key[1]]);
            void store.delete(key);
          }
        }
      }
      await transaction.done;
    },
    async tabs(kind) {
      const keys = await (await open()).getAllKeys(kind);
      return new Set(keys.map(([tab]) => tab).filter((tab) => !isSealed(tab)));
    },
    async count(kind) {
      const keys = await (await open()).getAllKeys(kind);
      return keys.filter(([tab]) => !isSealed(tab)).length;
    },
    async prune(kind, since) {
      const { store, done } = (await open()).transaction(kind, "readwrite");
      for await (const cursor of store) if (cursor.value.at < since) void cursor.delete();
      await done;
    },
    subscribe: lost.subscribe,
    close() {
      void opened?.then((database) => database.close()).catch(() => {});
      opened = null;
    },
  };
}
