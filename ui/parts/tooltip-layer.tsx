import { Tooltip as Base } from "@base-ui/react/tooltip";
import { clsx } from "clsx";
import { useEffect, useRef, useState } from "react";
import popupStyles from "#ui/popup.module.css";
import { followTooltips, type ShownTooltip } from "./follow-tooltips.ts";
import styles from "./tooltip-layer.module.css";

/** The one tooltip of the page, at whatever `Tooltip` is hovered or has the focus. */
export function TooltipLayer() {
  // Kept while it fades.
  const [tooltip, setTooltip] = useState<ShownTooltip | null>(null);
  const [isOpen, setOpen] = useState(false);
  const popup = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      followTooltips({
        isInPopup: (node) => popup.current?.contains(node) ?? false,
        show(next) {
          setTooltip(next);
          setOpen(true);
        },
        hide: () => setOpen(false),
      }),
    [],
  );
  return (
    <Base.Root open={isOpen}>
      <Base.Portal>
        <Base.Positioner
          className={styles.positioner}
          anchor={tooltip?.anchor ?? null}
          side={tooltip?.side ?? "bottom"}
          sideOffset={6}
        >
          <Base.Popup ref={popup} className={clsx(popupStyles.motion, styles.popup)}>
            {tooltip?.text}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
