import type { MenuProps } from "#ui/parts/menu-part.tsx";
import { useTrigger } from "#ui/parts/use-trigger.ts";

export type { MenuItem } from "#ui/parts/menu-part.tsx";

/** The menu itself is loaded when the page is idle, or at the first press. */
export function Menu(props: MenuProps) {
  const { parts, early, replaced } = useTrigger(props.trigger, "menu");
  return parts ? <parts.MenuPart {...props} {...replaced} /> : early;
}
