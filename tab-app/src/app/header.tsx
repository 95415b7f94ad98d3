import { ChevronLeft, Link, PanelLeft, Search } from "lucide-react";
import { useContext } from "react";
import { OutboxButton } from "#features/outbox/outbox-button.tsx";
import { UserMenuLater } from "#features/session/user-menu-later.tsx";
import { ProgressLine } from "#features/sync-status/progress-line.tsx";
import { SyncStatus } from "#features/sync-status/sync-status.tsx";
import { CommandsContext } from "#shared/commands/use-command.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { Mark } from "#ui/mark.tsx";
import { ThemeSwitch } from "#ui/theme-switch.tsx";
import styles from "./header.module.css";
import { useTab } from "./tab-context.ts";
import type { Rail } from "./use-rail.ts";

export interface HeaderProps {
  rail: Rail;
  /** Copies a link to the account that is shown; null where none is. */
  onCopyLink: (() => void) | null;
  /** Where the accounts and the chosen one do not fit side by side: back to all. Null where none is chosen. */
  onBack: (() => void) | null;
}

/** In a pane the shell shows the tab's name. The account has its name in the details. */
export function Header({ rail, onCopyLink, onBack }: HeaderProps) {
  const { name, standalone } = useTab();
  const commands = useContext(CommandsContext);
  return (
    <header className={styles.header} data-standalone={standalone}>
      {onBack && (
        <span className={styles.back}>
          <IconButton size="sm" label="All accounts" icon={<ChevronLeft />} onClick={onBack} />
        </span>
      )}
      {standalone && <Mark className={styles.mark} />}
      <h1 className={standalone ? styles.title : "visually-hidden"}>
        {standalone ? "Tandem" : name}
      </h1>
      <span className={styles.rail}>
        <IconButton
          size="sm"
          label={rail.isCollapsed ? "Show accounts" : "Hide accounts"}
          icon={<PanelLeft />}
          aria-expanded={!rail.isCollapsed}
          onClick={rail.toggle}
        />
      </span>
      <div className={styles.tools}>
        {onCopyLink && (
          <span className={styles.link}>
            <IconButton
              size="sm"
              label="Copy link to this account"
              icon={<Link />}
              onClick={onCopyLink}
            />
          </span>
        )}
        <IconButton
          size="sm"
          label="Search and commands"
          aria-keyshortcuts="Control+K Meta+K"
          icon={<Search />}
          onClick={() => commands?.show("menu")}
        />
        <OutboxButton />
        <SyncStatus />
        <UserMenuLater />
        {standalone && <ThemeSwitch />}
      </div>
      <ProgressLine />
    </header>
  );
}
