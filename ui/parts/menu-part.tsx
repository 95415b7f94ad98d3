import { Menu as Base } from "@base-ui/react/menu";
import { clsx } from "clsx";
import type { ComponentProps, ReactElement, ReactNode } from "react";
import popupStyles from "#ui/popup.module.css";
import styles from "./menu.module.css";
import type { ReplacedTrigger } from "./replaced-trigger.ts";

export interface MenuItem {
  label: string;
  /** An icon of lucide-react. */
  icon?: ReactNode;
  /** A short note at the right, such as a key. */
  hint?: ReactNode;
  onSelect: () => void;
  disabled?: boolean;
  tone?: "neutral" | "danger";
  /** A hairline above. */
  separated?: boolean;
}

export interface MenuProps {
  /** The button that opens it. It must take a ref and spread its props, as ours do. */
  trigger: ReactElement<ComponentProps<"button">>;
  /** Heading above the items. */
  heading?: ReactNode;
  items: readonly MenuItem[];
  align?: "start" | "center" | "end";
  /** It opens, or closes. Not called where it is open from the start. */
  onOpenChange?: (open: boolean) => void;
}

export function MenuPart({
  trigger,
  heading,
  items,
  align = "end",
  onOpenChange = () => {},
  wasPressed,
  takeFocus,
}: MenuProps & ReplacedTrigger) {
  const list = items.flatMap((item) => [
    item.separated && (
      <Base.Separator key={`${item.label} separator`} className={styles.separator} />
    ),
    <Base.Item
      key={item.label}
      className={clsx(popupStyles.item, styles.item, item.tone === "danger" && styles.danger)}
      disabled={item.disabled ?? false}
      onClick={item.onSelect}
    >
      <span className={styles.icon} aria-hidden="true">
        {item.icon}
      </span>
      {item.label}
      {item.hint && <span className={styles.hint}>{item.hint}</span>}
    </Base.Item>,
  ]);
  return (
    <Base.Root modal={false} defaultOpen={wasPressed} onOpenChange={(open) => onOpenChange(open)}>
      <Base.Trigger ref={takeFocus} render={trigger} />
      <Base.Portal>
        <Base.Positioner className={styles.positioner} align={align} sideOffset={4}>
          <Base.Popup className={clsx(popupStyles.surface, popupStyles.motion, styles.popup)}>
            {heading ? (
              <Base.Group>
                <Base.GroupLabel className={styles.heading}>{heading}</Base.GroupLabel>
                {list}
              </Base.Group>
            ) : (
              list
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
