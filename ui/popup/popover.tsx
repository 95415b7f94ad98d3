import type { PopoverProps } from "#ui/parts/popover-part.tsx";
import { useTrigger } from "#ui/parts/use-trigger.ts";

/** More about its trigger. Not modal: the page stays usable. Loaded as a menu is. */
export function Popover(props: PopoverProps) {
  const { parts, early, replaced } = useTrigger(props.trigger, "dialog", () =>
    props.onOpenChange(true),
  );
  return parts ? <parts.PopoverPart {...props} takeFocus={replaced.takeFocus} /> : early;
}
