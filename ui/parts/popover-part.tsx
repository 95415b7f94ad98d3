import { Popover as Base } from "@base-ui/react/popover";
import { clsx } from "clsx";
import { useRef } from "react";
import type { PopoverProps } from "#ui/popup/popover.tsx";
import popupStyles from "#ui/popup.module.css";
import styles from "./popover.module.css";
import type { ReplacedTrigger } from "./use-trigger.ts";

export function PopoverPart({
  open,
  onOpenChange,
  trigger,
  title,
  align = "end",
  children,
  takeFocus,
}: PopoverProps & Pick<ReplacedTrigger, "takeFocus">) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Trigger ref={takeFocus} render={trigger} />
      <Base.Portal>
        <Base.Positioner
          className={styles.positioner}
          align={align}
          sideOffset={6}
          collisionPadding={8}
        >
          {/* The popup itself takes the focus: its first button may undo something. */}
          <Base.Popup
            ref={popup}
            initialFocus={popup}
            className={clsx(popupStyles.surface, popupStyles.motion, styles.popup)}
          >
            <Base.Title className={styles.title}>{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
