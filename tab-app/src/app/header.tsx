import { AccountName } from "#features/accounts/account-name.tsx";
import { OutboxButton } from "#features/outbox/outbox-button.tsx";
import { UserMenu } from "#features/session/user-menu.tsx";
import { ProgressLine } from "#features/sync-status/progress-line.tsx";
import { SyncStatus } from "#features/sync-status/sync-status.tsx";
import { Mark } from "#ui/mark.tsx";
import { ThemeSwitch } from "#ui/theme-switch.tsx";
import styles from "./header.module.css";
import { useLocation } from "./location.ts";
import { useTab } from "./tab-context.ts";

/** In a pane the shell shows the tab's name: only the account and the status are left. */
export function Header() {
  const { name, standalone } = useTab();
  const { accountId } = useLocation();
  return (
    <header className={styles.header} data-standalone={standalone}>
      {standalone && <Mark className={styles.mark} />}
      <h1 className={standalone ? styles.title : "visually-hidden"}>
        {standalone ? "Tandem" : name}
      </h1>
      {standalone && <span aria-hidden="true" className={styles.slash} />}
      <span className={styles.name}>
        <AccountName accountId={accountId} />
      </span>
      <div className={styles.tools}>
        <OutboxButton />
        <SyncStatus />
        <UserMenu />
        {standalone && <ThemeSwitch />}
      </div>
      <ProgressLine />
    </header>
  );
}
