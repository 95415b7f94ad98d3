import fs from "node:fs";
import { type FileHandle, open, rename } from "node:fs/promises";
import path from "node:path";
import type { SavedState } from "#api/engine/row-store.ts";
import { type Document, entriesOf } from "#api/rows/document.ts";
import type { IdempotentAnswer } from "#api/writes/idempotent-answer.ts";
import type { Put } from "#api/writes/transaction.ts";
import { checksumOf, type LoggedEdit, type LoggedWrite, type LogTail } from "./log-format.ts";
import { syncFolder } from "./sync-folder.ts";
import { writeDocument } from "./write-document.ts";

interface LoggedCommit {
  rev: number;
  at: number;
  puts: readonly Put[];
  answers: readonly IdempotentAnswer[];
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
  checkpoint(state: SavedState, at: number, held: string | undefined): Promise<void>;
  /** `false` when the file was deleted or lacks a line: then a checkpoint has to precede the next `append`. */
  exists(): Promise<boolean>;
  /** Whether it has grown so much since the checkpoint that it should be compacted. */
  isLong(): boolean;
  close(): Promise<void>;
}

/** The log on disk is compacted when it has grown by this much, or by four times its checkpoint. */
const maxLogBytes = 8_000_000;

/** Continues the log from its `tail`, without the torn text after it; or waits for a checkpoint. */
export async function openLogFile(
  logFile: string,
  dataFile: string,
  tail?: LogTail,
): Promise<LogFile> {
  let handle: FileHandle | null = tail ? await open(logFile, "r+") : null;
  await handle?.truncate(tail?.end);
  let { start, end, checksum } = tail ?? { start: 0, end: 0, checksum: "" };
  let isWhole = true;

  return {
    async append(entry) {
      if (!handle) throw new Error("the change log has no checkpoint yet");
      const json = JSON.stringify(entry);
      const sealed = checksumOf(json, checksum);
      const line = Buffer.from(`${sealed} ${json}\n`);
      isWhole = false;
      try {
        await handle.write(line, 0, line.length, end);
        await handle.datasync();
      } catch (error) {
        // Not acknowledged, so it must not be there after a restart.
        await handle.truncate(end);
        await handle.datasync();
        isWhole = true;
        throw error;
      }
      end += line.length;
      checksum = sealed;
      isWhole = true;
    },
    async checkpoint(state, at, held) {
      const json = JSON.stringify(toCheckpoint(state, dataFile, at, held));
      const sealed = checksumOf(json, "");
      const line = `${sealed} ${json}\n`;
      fs.mkdirSync(path.dirname(logFile), { recursive: true });
      const next = await open(`${logFile}.next`, "w");
      await next.writeFile(line);
      await next.sync();
      keepFormer(logFile);
      await rename(`${logFile}.next`, logFile);
      await syncFolder(path.dirname(logFile));
      await handle?.close();
      handle = next;
      start = end = Buffer.byteLength(line);
      checksum = sealed;
      isWhole = true;
    },
    exists: async () => handle !== null && isWhole && (await handle.stat()).nlink > 0,
    isLong: () => end - start > Math.max(maxLogBytes, 4 * start),
    async close() {
      await handle?.close();
      handle = null;
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

function toCheckpoint(state: SavedState, file: string, at: number, held: string | undefined) {
  const { epoch, rev, changes, answers, history = [] } = state;
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
