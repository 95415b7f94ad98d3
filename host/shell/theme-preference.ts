import { createObservable, type Observable } from "#host/shared/observable.ts";
import {
  applyTheme,
  preferredTheme,
  storedTheme,
  storeTheme,
  subscribePreference,
  type Theme,
} from "#ui/theme.ts";

export type Preference = Theme | "system";

export interface ThemePreference {
  readonly preference: Observable<Preference>;
  choose(preference: Preference): void;
}

/** Light, dark, or the system's theme. It follows the system, and what is chosen in another window of the shell. */
export function createThemePreference(onTheme: (theme: Theme) => void): ThemePreference {
  const stored = (): Preference => storedTheme() ?? "system";
  const current = createObservable<Preference>(stored());
  const show = (theme: Theme) => {
    applyTheme(theme);
    onTheme(theme);
  };
  subscribePreference(() => {
    show(preferredTheme());
    current.set(stored());
  });
  return {
    preference: current,
    choose(preference) {
      storeTheme(preference === "system" ? null : preference);
      show(preference === "system" ? preferredTheme() : preference);
      current.set(preference);
    },
  };
}
