import type { Frame, Page } from "@playwright/test";
import { expect } from "./test.ts";

/** Everything in the storage of a realm's origin, as text: IndexedDB and localStorage. */
export function storedText(realm: Page | Frame): Promise<string> {
  return realm.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const found: unknown[] = [JSON.stringify(localStorage)];
    for (const { name = "" } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const all = database.transaction(store).objectStore(store);
        found.push(await done(all.getAllKeys()), await done(all.getAll()));
      }
      database.close();
    }
    return JSON.stringify(found);
  });
}

/** Waits until a text is on disk. */
export async function untilStored(realm: Page | Frame, text: string): Promise<void> {
  await expect.poll(() => storedText(realm)).toContain(text);
}
