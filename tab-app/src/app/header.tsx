import { ProgressLine } from "#features/sync-status/progress-line.tsx";
import { SyncStatus } from "#features/sync-status/sync-status.tsx";
import { ThemeSwitch } from "#ui/theme-switch.tsx";
import styles from "./header.module.css";
import { Mark } from "./mark.tsx";
import { useTab } from "./tab-context.ts";

export function Header() {
  const { name, standalone } = useTab();
  return (
    <header className={styles.header}>
      <Mark className={styles.mark} />
      <h1 className={styles.title}>Tandem</h1>
      <span aria-hidden="true" className={styles.slash} />
      <span className={styles.name}>{name}</span>
      <div className={styles.tools}>
        <SyncStatus />
        {standalone && <ThemeSwitch />}
      </div>
      <ProgressLine />
    </header>
  );
}
