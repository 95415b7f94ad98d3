import type { ComponentProps, ReactElement, ReactNode } from "react";
import { useTrigger } from "#ui/parts/use-trigger.ts";

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
}

/** The menu itself is loaded when the page is idle, or at the first press. */
export function Menu(props: MenuProps) {
  const { parts, early, replaced } = useTrigger(props.trigger, "menu");
  return parts ? <parts.MenuPart {...props} {...replaced} /> : early;
}
