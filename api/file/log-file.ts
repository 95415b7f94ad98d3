import fs from "node:fs";
import { type FileHandle, open, rename } from "node:fs/promises";
import path from "node:path";
import type { SavedState } from "#api/engine/row-store.ts";
import { type Document, entriesOf } from "#api/rows/document.ts";
import type { IdempotentAnswer } from "#api/writes/idempotency.ts";
import type { Put } from "#api/writes/transaction.ts";
import { hashOf } from "./log-format.ts";
import { syncFolder } from "./sync-folder.ts";
import { writeDocument } from "./write-document.ts";

/** The log on disk: one checkpoint line, then a line per commit. Every call is flushed to disk when it resolves. */
export interface LogFile {
  append(commit: {
    rev: number;
    hash: string;
    puts: readonly Put[];
    answers: readonly IdempotentAnswer[];
  }): Promise<void>;
  /** Removes the line of the last `append`. */
  undo(): Promise<void>;
  /** Replaces the file by one that has only a checkpoint. */
  checkpoint(state: SavedState): Promise<void>;
  /** `false` when the file was deleted: then a checkpoint has to precede the next `append`. */
  exists(): Promise<boolean>;
  /** Bytes appended since the checkpoint. */
  size(): number;
  close(): Promise<void>;
}

export function openLogFile(logFile: string, dataFile: string): LogFile {
  let handle: FileHandle | null = null;
  let start = 0;
  let end = 0;
  let before = 0;

  return {
    async append(commit) {
      if (!handle) throw new Error("the change log has no checkpoint yet");
      const line = Buffer.from(`${JSON.stringify(commit)}\n`);
      before = end;
      end += line.length;
      await handle.write(line, 0, line.length, before);
      await handle.datasync();
    },
    async undo() {
      end = before;
      await handle?.truncate(end);
      await handle?.datasync();
    },
    async checkpoint(state) {
      const line = `${JSON.stringify(toCheckpoint(state, dataFile))}\n`;
      fs.mkdirSync(path.dirname(logFile), { recursive: true });
      const next = await open(`${logFile}.next`, "w");
      await next.writeFile(line);
      await next.sync();
      await rename(`${logFile}.next`, logFile);
      await syncFolder(path.dirname(logFile));
      await handle?.close();
      handle = next;
      start = end = before = Buffer.byteLength(line);
    },
    exists: async () => handle !== null && (await handle.stat()).nlink > 0,
    size: () => end - start,
    async close() {
      await handle?.close();
      handle = null;
    },
  };
}

function toCheckpoint(state: SavedState, file: string) {
  const { epoch, rev, changes, answers } = state;
  const document = writeDocument(state.document);
  const versions = Object.fromEntries(
    Array.from(state.document.keys(), (name) => [name, versionsOf(state.document, name)]),
  );
  const hash = hashOf(document);
  return { format: 1, file, epoch, rev, hash, document, versions, changes, answers };
}

function versionsOf(document: Document, name: string): Record<string, number> {
  return Object.fromEntries(
    Array.from(entriesOf(document, name), ([id, entry]) => [id, entry.version]),
  );
}
