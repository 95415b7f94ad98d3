export { asOf, type Effect, type EffectRule, type Effects, type Snapshot } from "./core/effects.ts";
export { type SyncStatus, syncStatuses, type Trouble } from "./core/status.ts";
export type { Sync, SyncOptions } from "./core/sync.ts";
export {
  createTrace,
  type Decision,
  decisions,
  type Path,
  paths,
  type Trace,
  type TraceEntry,
} from "./core/trace.ts";
export { createSync } from "./create-sync.ts";
export { broadcastChannelWorks } from "./platform/broadcast-channel-works.ts";
export { type Channel, type ChannelOptions, createChannel } from "./platform/channel.ts";
export { createEmitter, type Emitter } from "./platform/emitter.ts";
export { listen } from "./platform/listen.ts";
export {
  type Condition,
  heldLocks,
  holdLock,
  holdLockWhile,
  type Locks,
  whileInView,
  whilePageLives,
} from "./platform/locks.ts";
export {
  connectFocusManager,
  connectPageVisibility,
  connectSentinel,
  createVisibility,
  type Visibility,
} from "./platform/visibility.ts";
export type { Change, LocalChange } from "./wire/change.ts";
export type { ChangeLog, FetchChanges, OpenStream, StreamEvent } from "./wire/change-log.ts";
export type { Revision } from "./wire/revision.ts";
