import { clsx } from "clsx";
import type { CSSProperties } from "react";
import styles from "./skeleton.module.css";

export interface SkeletonProps {
  /** Any CSS length; a number is pixels. */
  width?: CSSProperties["width"];
  height?: CSSProperties["height"];
  circle?: boolean;
  className?: string;
}

/** A grey placeholder for content that is loading. Hidden from assistive technology: put `aria-busy` on the region. */
export function Skeleton({
  width = "100%",
  height = 12,
  circle = false,
  className,
}: SkeletonProps) {
  return (
    <span
      aria-hidden="true"
      className={clsx(styles.skeleton, circle && styles.circle, className)}
      style={{ width, height }}
    />
  );
}
