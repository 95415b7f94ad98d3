import { ChevronsDownUp, ChevronsUpDown } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { SyncingBadge } from "#features/sync-status/syncing-badge.tsx";
import { WaitingBadge } from "#features/sync-status/waiting-badge.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Contained } from "./contained.tsx";
import { type PanelName, useLocation } from "./location.ts";
import styles from "./panel.module.css";

export interface PanelProps {
  name: PanelName;
  title: string;
  /** Accessible name, which makes the panel a region. */
  label?: string;
  /** The query that the panel shows. */
  queryKey: readonly unknown[];
  /** The content begins with a heading: the head of the panel is only its buttons, beside that. */
  hasOwnHeading?: boolean;
  /** Buttons in the head of the panel. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A part of the tab that can be hidden: its content is then unmounted, and a strip remains. */
export function Panel({
  name,
  title,
  label,
  queryKey,
  hasOwnHeading = false,
  actions,
  children,
}: PanelProps) {
  const { accountId, hidden, setHidden } = useLocation();
  const isHidden = hidden.has(name);
  const toggled = useRef(false);
  // The two buttons replace each other, and pass the focus on.
  const takeFocus = (button: HTMLButtonElement | null) => {
    if (!button || !toggled.current) return;
    toggled.current = false;
    button.focus();
  };

  const button = (
    <IconButton
      key={String(isHidden)}
      ref={takeFocus}
      size="sm"
      label={`${isHidden ? "Show" : "Hide"} ${name}`}
      icon={isHidden ? <ChevronsUpDown /> : <ChevronsDownUp />}
      onClick={() => {
        toggled.current = true;
        setHidden(name, !isHidden);
      }}
    />
  );

  if (isHidden) {
    return (
      <div className={styles.strip} data-panel={name}>
        {button}
        <span className={styles.title}>{title}</span>
        {accountId !== null && <WaitingBadge queryKey={queryKey} />}
      </div>
    );
  }
  return (
    <section className={styles.panel} data-panel={name} aria-label={label}>
      <div className={styles.head} data-floats={hasOwnHeading}>
        <h2 className={hasOwnHeading ? "visually-hidden" : undefined}>{title}</h2>
        <SyncingBadge queryKey={queryKey} />
        <span className={styles.actions}>
          {actions}
          {button}
        </span>
      </div>
      <Contained resetKey={accountId}>{children}</Contained>
    </section>
  );
}
