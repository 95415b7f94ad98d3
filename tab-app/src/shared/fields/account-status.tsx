import { capitalize } from "#shared/text/capitalize.ts";
import styles from "./account-status.module.css";
import { StatusIcon } from "./status-icon.tsx";

export interface AccountStatusProps {
  status: string;
  /** Hides the text, except from assistive technology. */
  iconOnly?: boolean;
}

export function AccountStatus({ status, iconOnly = false }: AccountStatusProps) {
  const text = capitalize(status);
  return (
    <span className={styles.status} title={iconOnly ? text : undefined}>
      <StatusIcon status={status} />
      <span className={iconOnly ? "visually-hidden" : undefined}>{text}</span>
    </span>
  );
}
