import { clsx } from "clsx";
import type { ReactNode } from "react";
import styles from "./notice.module.css";
import type { Tone } from "./tone.ts";

export interface NoticeProps {
  tone?: Tone;
  /** An icon of lucide-react, so that the tone is not shown by colour alone. */
  icon: ReactNode;
  /** Buttons. */
  actions?: ReactNode;
  /** `alert` is announced at once. Leave it out within a live region. */
  role?: "alert" | "status";
  children: ReactNode;
}

/** A line or two above content that stays usable. */
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
