export type Theme = "light" | "dark";

const storageKey = "tandem-theme";

/** The user's stored choice; null for none, or when storage is unavailable. */
export function storedTheme(): Theme | null {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored === "light" || stored === "dark" ? stored : null;
  } catch {
    // Storage may be forbidden; then the system decides.
    return null;
  }
}

/** Stores the user's choice; null for the system's theme. */
export function storeTheme(theme: Theme | null): void {
  try {
    if (theme === null) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, theme);
  } catch {
    // Storage may be forbidden; then the choice lasts until the page is closed.
  }
}

/** The user's stored choice, or else the system's theme. */
export function preferredTheme(): Theme {
  return storedTheme() ?? (systemDark().matches ? "dark" : "light");
}

/** Calls `listener` when the system's theme changes, or the user chooses one in another window. Returns the undo. */
export function subscribePreference(listener: () => void): () => void {
  const closing = new AbortController();
  const { signal } = closing;
  systemDark().addEventListener("change", listener, { signal });
  const onStorage = ({ key }: StorageEvent) => {
    // Null: all was removed.
    if (key === storageKey || key === null) listener();
  };
  window.addEventListener("storage", onStorage, { signal });
  return () => closing.abort();
}

function systemDark(): MediaQueryList {
  return matchMedia("(prefers-color-scheme: dark)");
}

/** Sets it on `<html>`, where `tokens.css` selects by it. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}

/** Applies and stores the user's choice. */
export function chooseTheme(theme: Theme): void {
  applyTheme(theme);
  storeTheme(theme);
}

export function shownTheme(): Theme {
  return document.documentElement.dataset.theme === "dark" ? "dark" : "light";
}

/** Calls `listener` when the shown theme changes, for any reason. Returns the undo. */
export function subscribeTheme(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
