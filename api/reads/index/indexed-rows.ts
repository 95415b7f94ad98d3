import type { RowStore } from "#api/engine/row-store.ts";
import { type CollectionIndex, createCollectionIndex } from "./collection-index.ts";

/** The indexes of all collections. They follow the store: a commit costs what it changes. */
export interface IndexedRows {
  of(resource: string): CollectionIndex | undefined;
}

export function createIndexedRows(store: RowStore): IndexedRows {
  const latestOf = (resource: string) =>
    resource === "accounts" ? (id: string) => store.counts.of(id).lastActivityAt : undefined;
  const indexes = new Map<string, CollectionIndex>();
  store.subscribe({
    changed(_changes, moved) {
      if ("steps" in moved) {
        for (const { resource, id, before, after } of moved.steps) {
          const index = indexes.get(resource);
          index?.put(id, after);
          if (index?.isSparse()) indexes.delete(resource);
          if (resource !== "activities") continue;
          for (const entry of [before, after])
            if (entry) indexes.get("accounts")?.derive(String(entry.row.accountId));
        }
        return;
      }
      // An edit by hand may move rows without a change: what it touched is made anew when it is read.
      const { document } = store.state();
      for (const name of [...indexes.keys()]) {
        const sources = name === "accounts" ? [name, "activities"] : [name];
        if (sources.some((each) => document.get(each) !== moved.before.get(each)))
          indexes.delete(name);
      }
    },
  });
  return {
    of(resource) {
      const known = indexes.get(resource);
      if (known) return known;
      const part = store.state().document.get(resource);
      if (part?.kind !== "collection") return undefined;
      const index = createCollectionIndex(resource, part.entries, latestOf(resource));
      indexes.set(resource, index);
      return index;
    },
  };
}
