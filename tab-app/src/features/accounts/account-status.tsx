import { StatusIcon } from "#features/conflict/status-icon.tsx";
import { statusWords } from "#features/conflict/status-words.ts";
import styles from "./account-status.module.css";

export interface AccountStatusProps {
  status: string;
  /** Only the mark; its words stay for assistive technology. */
  iconOnly?: boolean;
}

export function AccountStatus({ status, iconOnly = false }: AccountStatusProps) {
  const words = statusWords(status);
  return (
    <span className={styles.status} title={iconOnly ? words : undefined}>
      <StatusIcon status={status} />
      <span className={iconOnly ? "visually-hidden" : undefined}>{words}</span>
    </span>
  );
}
