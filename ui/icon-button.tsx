import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";
import styles from "./icon-button.module.css";
import { Tooltip } from "./tooltip.tsx";

export interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label" | "children"> {
  /** The accessible name, and the tooltip unless `hint` is given. */
  label: string;
  /** Text of the tooltip in place of `label`; null for no tooltip. */
  hint?: string | null;
  /** An icon of lucide-react. */
  icon: ReactNode;
  size?: "sm" | "md";
  tooltipSide?: "top" | "right" | "bottom" | "left";
}

export function IconButton({
  label,
  hint = label,
  icon,
  size = "md",
  tooltipSide = "bottom",
  className,
  type = "button",
  ...rest
}: IconButtonProps) {
  const button = (
    <button
      type={type}
      aria-label={label}
      className={clsx(styles.button, styles[size], className)}
      {...rest}
    >
      {icon}
    </button>
  );
  if (hint === null) return button;
  return (
    <Tooltip text={hint} side={tooltipSide}>
      {button}
    </Tooltip>
  );
}
