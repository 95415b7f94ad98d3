import { clsx } from "clsx";
import { PanelRight } from "lucide-react";
import { paneTitle } from "#host/shared/pane-title.ts";
import { useObservable } from "#host/shared/use-observable.ts";
import { Button } from "#ui/button.tsx";
import { Mark } from "#ui/mark.tsx";
import { AddTab } from "./add-tab.tsx";
import { DeveloperMenu } from "./faults/developer-menu.tsx";
import { LayoutSwitch } from "./layout-switch.tsx";
import type { Shell } from "./shell.ts";
import { maxPanes } from "./shell-plan.ts";
import { ThemeMenu } from "./theme-menu.tsx";
import type { ThemePreference } from "./theme-preference.ts";
import styles from "./top-bar.module.css";

export interface TopBarProps {
  shell: Shell;
  theme: ThemePreference;
  /** Asks what to try out. */
  onTry: () => void;
}

export function TopBar({ shell, theme, onTry }: TopBarProps) {
  const { panes, layout, inspector } = useObservable(shell.state);
  return (
    <header className={styles.bar}>
      {/* Seen when the keyboard comes to them: a pane may have a hundred stops. */}
      {panes.map(({ id }) => (
        <Button key={id} size="sm" className={styles.skip} onClick={() => shell.reveal(id)}>
          Go to {paneTitle(id)}
        </Button>
      ))}
      <h1 className={styles.mark}>
        <Mark className={styles.wheels} />
        <span className={styles.name}>Tandem</span>
      </h1>
      <AddTab offer={shell.offer} onAdd={shell.add} isFull={panes.length >= maxPanes} />
      <div className={styles.spacer} />
      <LayoutSwitch layout={layout} onChange={shell.setLayout} />
      <div className={styles.divider} />
      <DeveloperMenu inspector={inspector} onInspector={shell.setInspector} onTry={onTry} />
      <ThemeMenu theme={theme} />
      <Button
        size="sm"
        icon={<PanelRight />}
        className={clsx(inspector && styles.on)}
        aria-pressed={inspector}
        onClick={() => shell.setInspector(!inspector)}
      >
        <span className={styles.label}>Inspector</span>
      </Button>
    </header>
  );
}
