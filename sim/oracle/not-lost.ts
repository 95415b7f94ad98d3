import type { PersistentStore } from "#data/storage/persistent-store.ts";
import type { Tab } from "../tab/tab.ts";
import type { AskedWrite, AskedWrites } from "./asked-writes.ts";
import type { Effects } from "./effects.ts";
import type { Fail } from "./violations.ts";

/** Claim "not lost": a write is confirmed and then true on the server, or an open tab offers it. */
export interface NotLost {
  confirmed(tab: Tab, asked: AskedWrite): void;
  judge(tabs: readonly Tab[], sessionId: string, when: string): Promise<void>;
}

export interface NotLostOptions {
  writes: AskedWrites;
  effects: Effects;
  store: () => PersistentStore | null;
  fail: Fail;
}

export function createNotLost({ writes, effects, store, fail }: NotLostOptions): NotLost {
  /** Keys of the writes that tabs which are gone left in the storage. */
  async function orphans(tabs: readonly Tab[]): Promise<ReadonlySet<string>> {
    const left = new Set<string>();
    const names = tabs.map(({ storageName }) => storageName);
    for (const name of (await store()?.tabs("writes")) ?? [])
      if (!names.includes(name))
        for (const key of (await store()?.read("writes", name))?.keys() ?? []) left.add(key);
    return left;
  }

  return {
    confirmed(tab, asked) {
      const { type, id } = asked.write;
      for (const part of effects.missing(asked))
        fail("not lost", `${tab.id}: ${type} ${id} was confirmed, ${part} is not so`);
    },
    async judge(tabs, sessionId, when) {
      const left = await orphans(tabs);
      const hasLocks = tabs.some(({ page }) => "locks" in page.navigator);
      const isOffered = (key: string) =>
        tabs.some(({ open }) => open.data.outbox.entries.some(({ write }) => write.key === key));
      for (const [key, { write, session, state }] of writes) {
        if (state !== "open" || session !== sessionId || isOffered(key)) continue;
        // Without locks no tab can tell that another is gone: its writes may stay where they are.
        if (!left.has(key) || hasLocks)
          fail("not lost", `${when}: no tab offers ${write.type} ${write.id}`);
      }
    },
  };
}
