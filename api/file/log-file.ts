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
   * Replaces the file by one that has only a checkpoint. The former one is kept beside it, for its recent states.
   * `held` is the hash of the data file, if that holds this state.
   */
  checkpoint(state: LoggedState, at: number, held: string | undefined): Promise<void>;
  /** `false` when the file was deleted or lacks a line: then a checkpoint has to precede the next `append`. */
  exists(): Promise<boolean>;
  /** Whether it has grown so much since the checkpoint that it should be compacted. */
  isLong(): boolean;
  close(): Promise<void>;
}

/** Continues the log from its `tail`, without the torn text after it; or waits for a checkpoint. */
export async function openLogFile(
  logFile: string,
  dataFile: string,
  tail?: SealedTail,
): Promise<LogFile> {
  const onReplace = () => keepFormer(logFile);
  const { replace, ...lines } = await openSealedLines(logFile, { tail, onReplace });
  return {
    ...lines,
    checkpoint: (state, at, held) => replace(toCheckpoint(state, dataFile, at, held)),
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

function toCheckpoint(state: LoggedState, file: string, at: number, held: string | undefined) {
  const { epoch, rev, changes, answers, history } = state;
  const document = writeDocument(state.document);
  const versions = Object.fromEntries(
    Array.from(state.document.keys(), (name) => [name, versionsOf(state.document, name)]),
  );
  return { format: 3, file, epoch, rev, held, at, document, versions, changes, answers, history };
}

function versionsOf(document: Document, name: string): Record<string, number> {
  return Object.fromEntries(
    Array.from(entriesOf(document, name), ([id, entry]) => [id, entry.version]),
  );
}
