import { h } from "./dom.ts";
import { type Icon, icon } from "./icons.ts";

export interface ToolButtonOptions {
  readonly label: string;
  readonly icon: Icon;
  readonly onClick: () => void;
}

/** A button of an icon, with its name as a tooltip. */
export function toolButton({ label, icon: name, onClick }: ToolButtonOptions): HTMLButtonElement {
  return h(
    "button",
    { type: "button", class: "tool", "aria-label": label, title: label, onClick },
    icon(name),
  );
}
