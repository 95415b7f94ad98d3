export { catchUp, readSince } from "./catch-up.ts";
export {
  type ChangesHandler,
  type ChangesOptions,
  createChangesHandler,
} from "./changes-handler.ts";
export { type Events, type FurtherEvents, openEvents, type StreamSender } from "./events.ts";
export {
  answerAgeMs,
  createKeptAnswers,
  fingerprintOf,
  type IdempotencyKey,
  type KeptAnswer,
  type KeptAnswers,
} from "./kept-answers.ts";
export {
  createLog,
  type Log,
  type LogOptions,
  maxTravellingRow,
  type NewChange,
  type Turn,
  type Written,
} from "./log.ts";
export type { LogEntry, LoggedAnswer, LogStore, StoredLog, StoreTurn } from "./log-store.ts";
export { memoryStore } from "./memory-store.ts";
export { newLog } from "./new-log.ts";
export { type NodeHandler, toNodeHandler } from "./node-handler.ts";
export type { LogListener, ReadableLog } from "./readable-log.ts";
export { createRecentChanges, type RecentChanges } from "./recent-changes.ts";
export { formatChanges, stamp, stampWrite } from "./stamp.ts";
