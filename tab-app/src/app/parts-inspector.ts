/** The inspector of a tab by itself, which most never open. */
export { TabInspector } from "#features/inspector/tab-inspector.tsx";
