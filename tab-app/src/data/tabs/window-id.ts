import { randomDigits } from "./tab-id.ts";

const storageKey = "tandem.window";

/** The same for all panes of one page, which share the session storage; another one for each page. */
export function readWindowId(): string {
  try {
    const known = sessionStorage.getItem(storageKey);
    if (known && /^[0-9a-f]{8}$/.test(known)) return known;
    const made = randomDigits();
    sessionStorage.setItem(storageKey, made);
    return made;
  } catch {
    return randomDigits(); // Storage is blocked: each pane counts as a window of its own.
  }
}
