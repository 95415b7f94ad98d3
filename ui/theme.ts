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
  const isSystemDark = () => matchMedia("(prefers-color-scheme: dark)").matches;
  return storedTheme() ?? (isSystemDark() ? "dark" : "light");
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
