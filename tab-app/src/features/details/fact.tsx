import { clsx } from "clsx";
import type { ReactNode } from "react";
import { Skeleton } from "#ui/skeleton.tsx";
import styles from "./fact.module.css";

export interface FactProps {
  term: string;
  /** A number in large type. */
  big?: boolean;
  /** Text over the whole width. */
  wide?: boolean;
  /** Left out where there is little space, until more is asked for. */
  secondary?: boolean;
  /** A missing value is loading; otherwise it is shown as a dash. */
  pending?: boolean;
  children?: ReactNode;
}

export function Fact({
  term,
  big = false,
  wide = false,
  secondary = false,
  pending = false,
  children,
}: FactProps) {
  return (
    <div
      className={clsx(styles.fact, big && styles.big, wide && styles.wide)}
      data-secondary={secondary}
    >
      <dt className={styles.term}>{term}</dt>
      <dd className={styles.definition}>
        {children ||
          (pending ? (
            <span className={styles.pending}>
              <Skeleton width={big ? 36 : `${40 + ((term.length * 7) % 30)}%`} height="0.9em" />
            </span>
          ) : (
            <span className={styles.none}>–</span>
          ))}
      </dd>
    </div>
  );
}
