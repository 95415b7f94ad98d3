import type { Kind, PersistentStore } from "./persistent-store.ts";

/** Keeps things as long as the page, where the browser keeps nothing. */
export function createMemoryStore(now: () => number = Date.now): PersistentStore {
  let session: string | null = null;
  const kept: Record<Kind, Map<string, Map<string, { value: unknown; at: number }>>> = {
    cache: new Map(),
    writes: new Map(),
    drafts: new Map(),
  };

  function of(kind: Kind, tab: string) {
    const names = kept[kind].get(tab) ?? new Map<string, { value: unknown; at: number }>();
    kept[kind].set(tab, names);
    return names;
  }

  return {
    async enter(sessionId) {
      if (session !== sessionId) for (const tabs of Object.values(kept)) tabs.clear();
      session = sessionId;
    },
    async read(kind, tab, since = 0) {
      const entries = [...of(kind, tab)].filter(([, { at }]) => at >= since);
      return new Map(entries.map(([name, { value }]) => [name, structuredClone(value)]));
    },
    async write(sessionId, tab, items) {
      if (session !== sessionId) return false;
      const at = now();
      for (const { kind, name, value } of items)
        if (value === undefined) of(kind, tab).delete(name);
        else of(kind, tab).set(name, { value: structuredClone(value), at });
      return true;
    },
    async adopt(sessionId, from, to) {
      if (session !== sessionId) return;
      for (const kind of ["writes", "drafts"] as const)
        for (const [name, entry] of [...of(kind, from)]) {
          if (of(kind, to).has(name)) continue;
          of(kind, to).set(name, entry);
          of(kind, from).delete(name);
        }
    },
    async tabs(kind) {
      const tabs = [...kept[kind]].filter(([, names]) => names.size > 0);
      return new Set(tabs.map(([tab]) => tab));
    },
    async count(kind) {
      return [...kept[kind].values()].reduce((sum, names) => sum + names.size, 0);
    },
    async prune(kind, since) {
      for (const names of kept[kind].values())
        for (const [name, { at }] of [...names]) if (at < since) names.delete(name);
    },
    close() {},
  };
}
