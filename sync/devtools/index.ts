export {
  createDevtools,
  type Devtools,
  type DevtoolsOptions,
  type DevtoolsPlugin,
} from "./create-devtools.ts";
export { type ObservedTab, type ObserveOptions, observeTab } from "./observe-tab.ts";
export {
  type InspectorOptions,
  type InspectorTheme,
  type MountedInspector,
  mountInspector,
} from "./panel/mount-inspector.ts";
export { createRecorder, type Recorder, type RecorderOptions } from "./recorder.ts";
export { parseReports, type TabReport } from "./trace-schema.ts";
export type { WatchChannel } from "./watch.ts";
