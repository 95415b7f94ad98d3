import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";
import styles from "./icon-button.module.css";
import { Tooltip } from "./tooltip.tsx";

export interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label" | "children"> {
  /** The accessible name, and the tooltip unless `hint` is given. */
  label: string;
  /** What the tooltip says in place of `label`. */
  hint?: string;
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
  return (
    <Tooltip text={hint} side={tooltipSide}>
      <button
        type={type}
        aria-label={label}
        className={clsx(styles.button, styles[size], className)}
        {...rest}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
