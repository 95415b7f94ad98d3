import type { Clock } from "../models/clock.ts";
import type { Page } from "../models/page.ts";
import type { TabBrowser } from "../tab/realm-entry.ts";

/** `localStorage` of one browser, which holds the session and nothing else. */
export interface LocalStorage {
  /** As the page finds it: each change is announced to all other pages by a `storage` event. */
  openIn(page: Page): TabBrowser["storage"];
  closeIn(page: Page): void;
  /** The id of the current session. */
  readonly sessionId: string;
}

export function createLocalStorage(clock: Clock): LocalStorage {
  const pages = new Set<Page>();
  let session: string | null = null;
  return {
    openIn(page) {
      pages.add(page);
      return {
        getItem: () => session,
        setItem(key, value) {
          session = value;
          for (const other of pages) {
            if (other === page) continue;
            const dispatch = () => other.window.dispatch("storage", { key });
            clock.after(1, other, dispatch, () => {});
          }
        },
      };
    },
    closeIn: (page) => void pages.delete(page),
    get sessionId() {
      return /"id":"([^"]*)"/.exec(session ?? "")?.[1] ?? "guest";
    },
  };
}
