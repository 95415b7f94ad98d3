import { useIsFetching } from "@tanstack/react-query";
import styles from "./progress-line.module.css";

/** Quiet and late: a read that is over at once shows nothing. */
export function ProgressLine() {
  return useIsFetching() > 0 ? <div aria-hidden="true" className={styles.line} /> : null;
}
