import { clsx } from "clsx";
import type { ReactNode } from "react";
import styles from "./notice.module.css";
import type { Tone } from "./tone.ts";

export interface NoticeProps {
  tone?: Tone;
  /** An icon of lucide-react: what is told by colour is told by shape as well. */
  icon: ReactNode;
  /** Buttons. */
  actions?: ReactNode;
  /** `alert` is read out at once; leave it out inside a region that is live already. */
  role?: "alert" | "status";
  children: ReactNode;
}

/** A line or two about what stands below, which stays usable. */
export function Notice({ tone = "neutral", icon, actions, role, children }: NoticeProps) {
  return (
    <div role={role} data-tone={tone} className={clsx("tone", styles.notice)}>
      <div className={styles.message}>
        <span aria-hidden="true" className={styles.icon}>
          {icon}
        </span>
        <div className={styles.text}>{children}</div>
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
