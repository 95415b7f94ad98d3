import { createDrafts, type Drafts } from "#data/storage/drafts.ts";
import { createMemoryStore } from "#data/storage/memory-store.ts";
import { openTabStorage } from "#data/storage/tab-storage.ts";

/** Drafts in memory only. */
export async function memoryDrafts(): Promise<Drafts> {
  const store = createMemoryStore();
  return createDrafts(await openTabStorage({ store, sessionId: "a session", tab: "a tab" }));
}
