import type { Frame, Page } from "@playwright/test";
import { expect } from "./test.ts";

/**
 * IndexedDB and localStorage of a realm's origin as text. With `stores`, only the values in these stores of
 * Tandem's database.
 */
export function storedText(realm: Page | Frame, stores?: readonly string[]): Promise<string> {
  return realm.evaluate(async (stores) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const found: unknown[] = stores ? [] : [JSON.stringify(localStorage)];
    for (const { name = "" } of await indexedDB.databases()) {
      if (stores && name !== "tandem") continue;
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        if (stores && !stores.includes(store)) continue;
        const all = database.transaction(store).objectStore(store);
        found.push(await done(all.getAll()));
        if (!stores) found.push(await done(all.getAllKeys()));
      }
      database.close();
    }
    return JSON.stringify(found);
  }, stores);
}

/** Waits until a text is in storage. */
export async function untilStored(
  realm: Page | Frame,
  text: string,
  stores?: readonly string[],
): Promise<void> {
  await expect.poll(() => storedText(realm, stores)).toContain(text);
}
