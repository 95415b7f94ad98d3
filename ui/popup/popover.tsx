import type { ComponentProps, ReactElement, ReactNode } from "react";
import { useTrigger } from "#ui/parts/use-trigger.ts";

export interface PopoverProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The button that opens it. It must take a ref and spread its props, as ours do. */
  trigger: ReactElement<ComponentProps<"button">>;
  title: string;
  align?: "start" | "center" | "end";
  children: ReactNode;
}

/** More about its trigger. Not modal: the page stays usable. Loaded as a menu is. */
export function Popover(props: PopoverProps) {
  const { parts, early, replaced } = useTrigger(props.trigger, "dialog", () =>
    props.onOpenChange(true),
  );
  return parts ? <parts.PopoverPart {...props} takeFocus={replaced.takeFocus} /> : early;
}
