import { applyTheme, preferredTheme, type Theme } from "#ui/theme.ts";
import { createStore, type Store } from "./store.ts";

export type Preference = Theme | "system";

const storageKey = "tandem-theme";

export interface ThemePreference {
  readonly preference: Pick<Store<Preference>, "get" | "subscribe">;
  choose(preference: Preference): void;
}

/**
 * Light, dark, or whatever the system has, which may change while the page is open. The same key as
 * `#ui/theme.ts`; there, nothing stored means the system's.
 */
export function createThemePreference(onTheme: (theme: Theme) => void): ThemePreference {
  const store = createStore<Preference>(stored());
  const show = () => {
    const theme = preferredTheme();
    applyTheme(theme);
    onTheme(theme);
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  return {
    preference: store,
    choose(preference) {
      try {
        if (preference === "system") localStorage.removeItem(storageKey);
        else localStorage.setItem(storageKey, preference);
        show();
      } catch {
        // Storage is forbidden: it holds until the page is closed.
        const theme = preference === "system" ? preferredTheme() : preference;
        applyTheme(theme);
        onTheme(theme);
      }
      store.set(preference);
    },
  };
}

function stored(): Preference {
  try {
    const value = localStorage.getItem(storageKey);
    return value === "light" || value === "dark" ? value : "system";
  } catch {
    return "system";
  }
}
