/** What the shell's first paint does not show: with all that opens on demand, one file. */
export * from "#ui/parts/ui-parts.ts";
export { RenamePane } from "./rename-pane.tsx";
