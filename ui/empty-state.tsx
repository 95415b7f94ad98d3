import { clsx } from "clsx";
import type { ReactNode } from "react";
import styles from "./empty-state.module.css";

export interface EmptyStateProps {
  /** An icon of lucide-react. */
  icon?: ReactNode;
  title: string;
  description?: ReactNode;
  /** Buttons. */
  action?: ReactNode;
  /** `danger` for something that failed; it is announced. */
  tone?: "neutral" | "danger";
  /** Less padding, for small spaces. */
  compact?: boolean;
  className?: string;
}

export function EmptyState({
  icon,
  title,
  description,
  action,
  tone = "neutral",
  compact = false,
  className,
}: EmptyStateProps) {
  return (
    <div
      role={tone === "danger" ? "alert" : undefined}
      className={clsx(styles.empty, compact && styles.compact, className)}
    >
      {icon && (
        <span className={clsx(styles.icon, tone === "danger" && styles.danger)} aria-hidden="true">
          {icon}
        </span>
      )}
      <h3 className={styles.title}>{title}</h3>
      {description && <p className={styles.description}>{description}</p>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
