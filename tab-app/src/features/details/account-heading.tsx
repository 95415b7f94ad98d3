import type { ReactNode } from "react";
import styles from "./account-heading.module.css";

export interface AccountHeadingProps {
  name: string;
  /** Small, after the name. */
  mark?: ReactNode;
  /** At the end of the line. */
  action?: ReactNode;
}

export function AccountHeading({ name, mark, action }: AccountHeadingProps) {
  return (
    <div className={styles.heading}>
      <div className={styles.text}>
        <h3 className={styles.name} dir="auto">
          {name}
        </h3>
        {mark}
      </div>
      <div className={styles.action}>{action}</div>
    </div>
  );
}
