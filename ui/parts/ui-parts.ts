/** What no first paint shows. An app gives it to `UiProvider` as a `Part`, alone or with more of its own. */
export { AlertDialogPart } from "./alert-dialog-part.tsx";
export { DialogPart } from "./dialog-part.tsx";
export { MenuPart } from "./menu-part.tsx";
export { PopoverPart } from "./popover-part.tsx";
export { RadioGroupPart } from "./radio-group-part.tsx";
export { ToastLayer } from "./toast-layer.tsx";
export { TooltipLayer } from "./tooltip-layer.tsx";
