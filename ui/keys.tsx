import styles from "./keys.module.css";

const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");

const names: Readonly<Record<string, readonly [other: string, apple: string]>> = {
  Mod: ["Ctrl", "⌘"],
  Alt: ["Alt", "⌥"],
  Shift: ["Shift", "⇧"],
  Escape: ["Esc", "Esc"],
  PageDown: ["Page Down", "Page Down"],
  PageUp: ["Page Up", "Page Up"],
  ArrowDown: ["↓", "↓"],
  ArrowUp: ["↑", "↑"],
  ArrowLeft: ["←", "←"],
  ArrowRight: ["→", "→"],
};

/** `Mod+K` as this system writes it: "Ctrl K", "⌘ K". */
export function nameKeys(keys: string): string[] {
  return keys.split("+").map((key) => names[key]?.[isApple ? 1 : 0] ?? key);
}

/** The keys of a shortcut. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className={styles.keys}>
      {nameKeys(keys).map((key) => (
        <kbd key={key} className={styles.key}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
