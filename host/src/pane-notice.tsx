import { Hourglass } from "lucide-react";
import styles from "./pane-notice.module.css";

/** The pane is there and does not answer, which may pass. */
export function PaneNotice({ title }: { title: string }) {
  return (
    <p className={styles.notice} role="status" aria-label={`${title} responsiveness`}>
      <Hourglass size={14} aria-hidden="true" />
      Not responding…
    </p>
  );
}
