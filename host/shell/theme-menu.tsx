import { Check, Monitor, Moon, Sun } from "lucide-react";
import { useObservable } from "#host/shared/use-observable.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { Menu } from "#ui/popup/menu.tsx";
import type { ThemePreference } from "./theme-preference.ts";

const choices = [
  { preference: "light", label: "Light", icon: <Sun /> },
  { preference: "dark", label: "Dark", icon: <Moon /> },
  { preference: "system", label: "System", icon: <Monitor /> },
] as const;

export function ThemeMenu({ theme }: { theme: ThemePreference }) {
  const chosen = useObservable(theme.preference);
  const shown = choices.find((choice) => choice.preference === chosen);
  return (
    <Menu
      trigger={<IconButton size="sm" label="Theme" icon={shown?.icon} />}
      items={choices.map(({ preference, label, icon }) => ({
        label,
        icon,
        hint: preference === chosen && <Check size={14} aria-label="chosen" />,
        onSelect: () => theme.choose(preference),
      }))}
    />
  );
}
