import { Tooltip as Base } from "@base-ui/react/tooltip";
import { clsx } from "clsx";
import type { ReactElement, ReactNode } from "react";
import popupStyles from "./popup.module.css";
import styles from "./tooltip.module.css";

export interface TooltipProps {
  /** A visual hint only: the trigger has an accessible name of its own. */
  text: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  /** The trigger. It must take a ref and spread its props. */
  children: ReactElement;
}

export function Tooltip({ text, side = "bottom", children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner className={styles.positioner} side={side} sideOffset={6}>
          <Base.Popup className={clsx(popupStyles.motion, styles.popup)}>{text}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
