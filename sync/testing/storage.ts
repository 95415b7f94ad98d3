import type { Clock } from "./clock.ts";
import type { Page } from "./page.ts";

/** `localStorage` of one browser. */
export interface SharedStorage {
  /** As the page finds it: each change is announced to all other pages by a `storage` event. */
  openIn(page: Page): Storage;
  closeIn(page: Page): void;
  readonly values: ReadonlyMap<string, string>;
}

export function createSharedStorage(clock: Pick<Clock, "now" | "after">): SharedStorage {
  const pages = new Set<Page>();
  const values = new Map<string, string>();

  function announce(from: Page, event: object) {
    for (const page of pages) {
      if (page !== from)
        clock.after(
          1,
          page,
          () => page.window.dispatch("storage", event),
          () => {},
        );
    }
  }

  return {
    openIn(page) {
      pages.add(page);
      return createStorage(values, (event) => announce(page, event));
    },
    closeIn: (page) => void pages.delete(page),
    values,
  };
}

/** Web Storage over a map: `localStorage` of all pages, or `sessionStorage` of one. */
export function createStorage(
  values: Map<string, string>,
  onChange: (event: { key: string | null; newValue: string | null }) => void = () => {},
): Storage {
  return {
    get length() {
      return values.size;
    },
    key: (at) => [...values.keys()][at] ?? null,
    getItem: (key) => values.get(key) ?? null,
    setItem(key, value) {
      values.set(key, String(value));
      onChange({ key, newValue: String(value) });
    },
    removeItem(key) {
      if (values.delete(key)) onChange({ key, newValue: null });
    },
    clear() {
      values.clear();
      onChange({ key: null, newValue: null });
    },
  };
}
