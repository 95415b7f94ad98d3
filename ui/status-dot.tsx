import { clsx } from "clsx";
import styles from "./status-dot.module.css";
import type { Tone } from "./tone.ts";

export interface StatusDotProps {
  tone?: Tone;
  /** Something is under way. */
  pulse?: boolean;
  className?: string;
}

/** Decoration beside the text. */
export function StatusDot({ tone = "neutral", pulse = false, className }: StatusDotProps) {
  return (
    <span
      aria-hidden="true"
      data-tone={tone}
      className={clsx("tone", styles.dot, pulse && styles.pulse, className)}
    />
  );
}
