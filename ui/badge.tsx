import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";
import styles from "./badge.module.css";
import type { Tone } from "./tone.ts";

export interface BadgeProps extends ComponentProps<"span"> {
  tone?: Tone;
  /** `tint` is filled, `plain` is text with the tone's colour and no box. */
  variant?: "tint" | "plain";
  icon?: ReactNode;
}

export function Badge({
  tone = "neutral",
  variant = "tint",
  icon,
  className,
  children,
  ...rest
}: BadgeProps) {
  return (
    <span
      data-tone={tone}
      className={clsx("tone", styles.badge, styles[variant], className)}
      {...rest}
    >
      {icon}
      {children}
    </span>
  );
}
