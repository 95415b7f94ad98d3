import { clsx } from "clsx";
import type { ReactNode } from "react";
import styles from "./fact.module.css";

export interface FactProps {
  term: string;
  /** A number worth a glance. */
  big?: boolean;
  /** Prose that takes the whole width. */
  wide?: boolean;
  /** Nothing here is a dash. */
  children: ReactNode;
}

export function Fact({ term, big = false, wide = false, children }: FactProps) {
  return (
    <div className={clsx(styles.fact, big && styles.big, wide && styles.wide)}>
      <dt className={styles.term}>{term}</dt>
      <dd className={styles.definition}>{children || <span className={styles.none}>–</span>}</dd>
    </div>
  );
}
