import { createObservable, type Observable } from "#host/shared/observable.ts";
import { applyTheme, preferredTheme, storedTheme, storeTheme, type Theme } from "#ui/theme.ts";

export type Preference = Theme | "system";

export interface ThemePreference {
  readonly preference: Observable<Preference>;
  choose(preference: Preference): void;
}

/** Light, dark, or the system's theme, which may change while the page is open. */
export function createThemePreference(onTheme: (theme: Theme) => void): ThemePreference {
  const current = createObservable<Preference>(storedTheme() ?? "system");
  const show = (theme: Theme) => {
    applyTheme(theme);
    onTheme(theme);
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
    show(preferredTheme()),
  );
  return {
    preference: current,
    choose(preference) {
      storeTheme(preference === "system" ? null : preference);
      show(preference === "system" ? preferredTheme() : preference);
      current.set(preference);
    },
  };
}
