import fs from "node:fs";
import { type FileHandle, open, rename } from "node:fs/promises";
import path from "node:path";
import { type Document, entriesOf } from "#api/rows/document.ts";
import type { IdempotentAnswer } from "#api/writes/idempotency.ts";
import type { Put } from "#api/writes/transaction.ts";
import { hashOf, type Logged } from "./log-format.ts";
import { syncFolder } from "./sync-folder.ts";
import { writeDocument } from "./write-document.ts";

/** The log on disk: one checkpoint line, then a line per commit. Every call is on disk when it resolves. */
export interface LogFile {
  append(commit: {
    rev: number;
    hash: string;
    puts: readonly Put[];
    answers: readonly IdempotentAnswer[];
  }): Promise<void>;
  /** Takes the last `append` back. */
  undo(): Promise<void>;
  /** Begins the file anew, as a whole. */
  checkpoint(state: Omit<Logged, "hash">): Promise<void>;
  /** `false` when somebody has removed the file: then it takes a checkpoint to go on. */
  isThere(): Promise<boolean>;
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
      const document = writeDocument(state.document);
      const versions = Object.fromEntries(
        Array.from(state.document.keys(), (name) => [name, versionsOf(state.document, name)]),
      );
      const { epoch, rev, changes, answers } = state;
      const hash = hashOf(document);
      const line = `${JSON.stringify({ format: 1, file: dataFile, epoch, rev, hash, document, versions, changes, answers })}\n`;
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
    isThere: async () => handle !== null && (await handle.stat()).nlink > 0,
    size: () => end - start,
    async close() {
      await handle?.close();
      handle = null;
    },
  };
}

function versionsOf(document: Document, name: string): Record<string, number> {
  return Object.fromEntries(
    Array.from(entriesOf(document, name), ([id, entry]) => [id, entry.version]),
  );
}
