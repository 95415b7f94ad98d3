import { Popover as Base } from "@base-ui/react/popover";
import { clsx } from "clsx";
import { type ComponentProps, type ReactElement, type ReactNode, useRef } from "react";
import popupStyles from "#ui/popup.module.css";
import styles from "./popover.module.css";
import type { ReplacedTrigger } from "./replaced-trigger.ts";

export interface PopoverProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The button that opens it. It must take a ref and spread its props, as ours do. */
  trigger: ReactElement<ComponentProps<"button">>;
  title: string;
  align?: "start" | "center" | "end";
  children: ReactNode;
}

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
