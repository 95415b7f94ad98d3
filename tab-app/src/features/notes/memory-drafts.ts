import { createDrafts, type Drafts } from "#data/kept/drafts.ts";
import { openKeeper } from "#data/kept/keeper.ts";
import { createMemoryStore } from "#data/kept/memory-store.ts";

/** For tests: drafts that nothing outlives. */
export async function memoryDrafts(): Promise<Drafts> {
  const store = createMemoryStore();
  return createDrafts(await openKeeper({ store, sessionId: "a session", tab: "a tab" }));
}
