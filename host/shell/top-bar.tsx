import { clsx } from "clsx";
import { PanelRight, Plus } from "lucide-react";
import { useObservable } from "#host/shared/use-observable.ts";
import { Button } from "#ui/button.tsx";
import { Mark } from "#ui/mark.tsx";
import { FaultsMenu } from "./faults-menu.tsx";
import { LayoutSwitch } from "./layout-switch.tsx";
import type { Shell } from "./shell.ts";
import { maxPanes } from "./shell-plan.ts";
import { ThemeMenu } from "./theme-menu.tsx";
import type { ThemePreference } from "./theme-preference.ts";
import styles from "./top-bar.module.css";

export function TopBar({ shell, theme }: { shell: Shell; theme: ThemePreference }) {
  const { panes, layout, inspector } = useObservable(shell.state);
  return (
    <header className={styles.bar}>
      <h1 className={styles.mark}>
        <Mark className={styles.wheels} />
        <span className={styles.name}>Tandem</span>
      </h1>
      <Button size="sm" icon={<Plus />} onClick={shell.add} disabled={panes.length >= maxPanes}>
        <span className={styles.label}>Add tab</span>
      </Button>
      <div className={styles.spacer} />
      <LayoutSwitch layout={layout} onChange={shell.setLayout} />
      <div className={styles.divider} />
      <FaultsMenu />
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
