import { randomBytes } from "node:crypto";
import { createRowStore, type RowStore } from "#api/engine/row-store.ts";
import { takeInEdit } from "./apply-edit.ts";
import type { LogFile } from "./log-file.ts";
import { hashOf, type Logged } from "./log-format.ts";
import { readDocument } from "./read-document.ts";
import { readLog } from "./read-log.ts";
import { writeDocument } from "./write-document.ts";

/**
 * Opens the data and its log. When the log can prove which state it ends with, the epoch goes on, and
 * what differs in the file was edited while we were away: it becomes changes. Otherwise a new epoch
 * begins.
 *
 * A new epoch starts at the milliseconds since 1970, so that `rev` does not go back even when the log
 * is gone: to overtake the clock, an epoch would have to see more than a thousand changes in every
 * second of its life.
 */
export async function openStore(options: {
  file: string;
  bytes: Buffer;
  logPath: string;
  logFile: LogFile;
  now: () => number;
  maxChanges: number;
  log: (line: string) => void;
}): Promise<RowStore> {
  const { file, bytes, logPath, logFile, now, log } = options;
  const { states, rev: loggedRev } = readLog(logPath, file);
  const loaded = goOn(bytes, states) ?? begin(bytes, Math.max(now(), loggedRev + 1));
  await logFile.checkpoint(loaded);
  return createRowStore(loaded, { now, log, maxChanges: options.maxChanges });
}

function goOn(bytes: Buffer, states: readonly Logged[]): Omit<Logged, "hash"> | null {
  const [newest] = states;
  if (!newest) return null;
  const edited = readDocument(bytes, newest.rev);
  const hash = hashOf(writeDocument(edited));
  const from = states.find((state) => state.hash === hash) ?? newest;
  const { document, changes } = takeInEdit(from.document, from.rev, edited);
  return {
    ...from,
    document,
    rev: changes.at(-1)?.rev ?? from.rev,
    changes: [...from.changes, ...changes],
  };
}

function begin(bytes: Buffer, rev: number): Omit<Logged, "hash"> {
  const epoch = randomBytes(6).toString("hex");
  return { epoch, rev, document: readDocument(bytes, rev), changes: [], answers: [] };
}
