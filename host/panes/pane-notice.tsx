import { Hourglass } from "lucide-react";
import styles from "./pane-notice.module.css";

/** The pane does not answer at the moment. */
export function PaneNotice({ title }: { title: string }) {
  return (
    <p className={styles.notice} role="status" aria-label={`${title} responsiveness`}>
      <Hourglass size={14} aria-hidden="true" />
      Not responding…
    </p>
  );
}
