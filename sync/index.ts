export type { ChangeLog, FetchChanges, OpenStream, StreamEvent } from "./change-log.ts";
export { broadcastChannelWorks } from "./broadcast-channel-works.ts";
export type { Change, LocalChange } from "./change.ts";
export { type Channel, type ChannelOptions, createChannel } from "./channel.ts";
export { createSync } from "./create-sync.ts";
export { asOf, type Effect, type EffectRule, type Effects, type Snapshot } from "./effects.ts";
export { createEmitter, type Emitter } from "./emitter.ts";
export { listen } from "./listen.ts";
export {
  type Condition,
  heldLocks,
  holdLock,
  holdLockWhile,
  type Locks,
  whileInView,
  whilePageLives,
} from "./locks.ts";
export type { Revision } from "./revision.ts";
export { type SyncStatus, syncStatuses, type Trouble } from "./status.ts";
export type { Sync, SyncOptions } from "./sync.ts";
export { createTrace, type Decision, type Path, type Trace, type TraceEntry } from "./trace.ts";
export {
  connectFocusManager,
  connectPageVisibility,
  connectSentinel,
  createVisibility,
  type Visibility,
} from "./visibility.ts";
