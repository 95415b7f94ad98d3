import { Moon, Sun } from "lucide-react";
import { useSyncExternalStore } from "react";
import { IconButton } from "./icon-button.tsx";
import { chooseTheme, shownTheme, subscribeTheme, type Theme } from "./theme.ts";

export interface ThemeSwitchProps {
  /** Called after the theme is applied and stored. */
  onChange?: (theme: Theme) => void;
}

export function ThemeSwitch({ onChange }: ThemeSwitchProps) {
  const other = useSyncExternalStore(subscribeTheme, shownTheme) === "dark" ? "light" : "dark";
  return (
    <IconButton
      label={other === "dark" ? "Use dark theme" : "Use light theme"}
      icon={other === "dark" ? <Moon /> : <Sun />}
      onClick={() => {
        chooseTheme(other);
        onChange?.(other);
      }}
    />
  );
}
