export type { FetchChanges } from "./catch-up.ts";
export type { Change } from "./change.ts";
export { type Channel, channelName, createChannel } from "./channel.ts";
export { createSync, type Sync, type SyncOptions } from "./create-sync.ts";
export { asOf, type Effect, type EffectOf, type ReadAnswer, type Snapshot } from "./effect.ts";
export { createEmitter } from "./emitter.ts";
export type { FeedEvent, OpenFeed } from "./feed.ts";
export type { Locks } from "./hold-in-view.ts";
export { connectLifecycle } from "./lifecycle.ts";
export { listen } from "./listen.ts";
export type { Revision } from "./revision.ts";
export { type SyncStatus, syncStatuses, type Trouble } from "./status.ts";
export { createTrace, type Decision, type Path, type Trace, type TraceEntry } from "./trace.ts";
export {
  connectFocusManager,
  connectPageVisibility,
  connectSentinel,
  createVisibility,
  type Visibility,
} from "./visibility.ts";
