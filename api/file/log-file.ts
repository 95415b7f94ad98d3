import fs from "node:fs";
import type { SavedState } from "#api/engine/row-store.ts";
import { type Document, entriesOf } from "#api/rows/document.ts";
import type { IdempotentAnswer } from "#api/writes/idempotent-answer.ts";
import type { Put } from "#api/writes/transaction.ts";
import { openSealedLines, type SealedTail } from "#sync/server";
import type { LoggedEntry } from "./account-history.ts";
import type { LoggedEdit, LoggedWrite } from "./log-format.ts";
import { writeDocument } from "./write-document.ts";

interface LoggedCommit {
  rev: number;
  at: number;
  puts: readonly Put[];
  answers: readonly IdempotentAnswer[];
}

/** States that were replaced this long before the end of the log are of no use any more, in milliseconds. */
export const recentMs = 6_000;

/** What the data file holds, with the hash of its bytes; without a document the state of the store. */
export interface Held {
  readonly hash: string;
  readonly document?: Document;
}

/** What a checkpoint has. */
export interface LoggedState extends SavedState {
  readonly history: readonly LoggedEntry[];
}

/**
 * The log on disk: one checkpoint line, then a line per commit, per edit by hand and per replacement of the data file.
 * Every call is flushed to disk when it resolves.
 */
export interface LogFile {
  /** When it rejects, a checkpoint has to precede the next `append`. */
  append(line: LoggedCommit | LoggedEdit | LoggedWrite): Promise<void>;
  /**
   * Replaces the file by one that has only a checkpoint, made at `at`. The former one is kept beside it, for its recent
   * states.
   */
  checkpoint(state: LoggedState, at: number, held: Held | null): Promise<void>;
  /** `false` when the file was deleted or lacks a line: then a checkpoint has to precede the next `append`. */
  exists(): Promise<boolean>;
  /**
   * Whether it has grown so much since the checkpoint that it should be compacted. Not before it has all recent states: of
   * the logs before it only one is kept.
   */
  isLong(at: number): boolean;
  close(): Promise<void>;
}

/** Continues a log from its `tail`, without the torn text after it; or waits for a checkpoint. */
export async function openLogFile(
  logFile: string,
  dataFile: string,
  /** Of a log that was read; its checkpoint is of the time `since`. */
  known: { tail?: SealedTail | undefined; since?: number | undefined } = {},
): Promise<LogFile> {
  const onReplace = () => keepFormer(logFile);
  const { replace, isLong, ...lines } = await openSealedLines(logFile, {
    tail: known.tail,
    onReplace,
  });
  let since = known.since ?? 0;
  return {
    ...lines,
    isLong: (at) => isLong() && at - since >= recentMs,
    async checkpoint(state, at, held) {
      await replace(toCheckpoint(state, dataFile, at, held));
      since = at;
    },
  };
}

/** Where the log before the last checkpoint is kept. */
export const formerLog = (logFile: string): string => `${logFile}.former`;

function keepFormer(logFile: string): void {
  try {
    if (!fs.existsSync(logFile)) return;
    fs.rmSync(formerLog(logFile), { force: true });
    fs.linkSync(logFile, formerLog(logFile));
  } catch {
    // Without it a file saved just before a crash is compared with fewer states.
  }
}

function toCheckpoint(state: LoggedState, file: string, at: number, held: Held | null) {
  const { epoch, rev, changes, answers, history } = state;
  const document = writeDocument(state.document);
  const versions = Object.fromEntries(
    Array.from(state.document.keys(), (name) => [name, versionsOf(state.document, name)]),
  );
  const inFile = held?.document
    ? { inFile: { hash: held.hash, document: writeDocument(held.document) } }
    : { held: held?.hash };
  const rest = { document, versions, changes, answers, history };
  return { format: 3, file, epoch, rev, ...inFile, at, ...rest };
}

function versionsOf(document: Document, name: string): Record<string, number> {
  return Object.fromEntries(
    Array.from(entriesOf(document, name), ([id, entry]) => [id, entry.version]),
  );
}
