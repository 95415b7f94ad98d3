/** What the shell's first paint does not show: with all that opens on demand, one file. */
export { Inspector } from "#host/inspector/inspector.tsx";
export * from "#ui/parts/ui-parts.ts";
export { TryItDialog } from "./faults/try-it-dialog.tsx";
export { PaneSplitters } from "./pane-splitters.tsx";
export { RenamePane } from "./rename-pane.tsx";
