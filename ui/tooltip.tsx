import { cloneElement, type ReactElement } from "react";

export interface TooltipProps {
  /** A visual hint only: the trigger has an accessible name of its own. */
  text: string;
  side?: "top" | "right" | "bottom" | "left";
  /** The trigger. It must spread its props. */
  children: ReactElement<TooltipAttributes>;
}

/** By these, one layer shows the tooltips of the whole page. */
export interface TooltipAttributes {
  "data-tooltip"?: string;
  "data-tooltip-side"?: TooltipProps["side"];
}

export function Tooltip({ text, side = "bottom", children }: TooltipProps) {
  return cloneElement(children, { "data-tooltip": text, "data-tooltip-side": side });
}
