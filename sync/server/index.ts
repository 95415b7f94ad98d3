export { catchUp, readSince } from "./catch-up.ts";
export {
  type ChangesHandler,
  type ChangesOptions,
  createChangesHandler,
} from "./changes-handler.ts";
export { type Events, type FurtherEvents, openEvents, type StreamSender } from "./events.ts";
export { type FileStoreOptions, fileStore } from "./file-store.ts";
export {
  answerAgeMs,
  createKeptAnswers,
  fingerprintOf,
  type IdempotencyKey,
  type KeptAnswer,
  type KeptAnswers,
} from "./kept-answers.ts";
export { listen, type NotifiedClient } from "./listen.ts";
export { lockFile } from "./lock-file.ts";
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
export {
  type PostgresClient,
  type PostgresStoreOptions,
  postgresStore,
} from "./postgres-store.ts";
export type { LogListener, ReadableLog } from "./readable-log.ts";
export { createRecentChanges, type RecentChanges } from "./recent-changes.ts";
export {
  checksumLength,
  checksumOf,
  openSealedLines,
  type SealedLines,
  type SealedTail,
  unsealLines,
} from "./sealed-lines.ts";
export { formatChanges, stamp, stampWrite } from "./stamp.ts";
export { syncFolder } from "./sync-folder.ts";
