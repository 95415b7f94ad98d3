import fs from "node:fs";
import type { Document } from "#api/rows/document.ts";
import { createTransaction } from "#api/writes/transaction.ts";
import {
  checkpointSchema,
  commitSchema,
  hashOf,
  type LoggedCommit,
  type LoggedState,
} from "./log-format.ts";
import { readDocument } from "./read-document.ts";
import { writeDocument } from "./write-document.ts";

/**
 * Reads the log and verifies it: the commits are replayed on the checkpoint, and the outcome must have
 * the hash that the last of them recorded. Returns the last two states, newest first, because a crash
 * between the log and the data file leaves the data file at the older one; no state when the log is
 * missing or fails the check. `rev` is the last revision that the log names, verified or not.
 */
export function readLog(logFile: string, dataFile: string): { states: LoggedState[]; rev: number } {
  const text = fs.existsSync(logFile) ? fs.readFileSync(logFile, "utf8") : "";
  // Text after the last line break was torn by a crash and never acknowledged.
  const lines = text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .slice(0, -1);
  const first = checkpointSchema.safeParse(parse(lines[0])).data;
  const commits = lines.slice(1).map((line) => commitSchema.safeParse(parse(line)).data);
  const rev = commits.at(-1)?.rev ?? first?.rev ?? 0;
  if (!first || first.file !== dataFile || hashOf(first.document) !== first.hash) {
    return { states: [], rev };
  }
  const valid = commits.filter((commit) => commit !== undefined);
  if (valid.length < commits.length) return { states: [], rev };
  const last = valid.at(-1);
  const start: LoggedState = { ...first, document: restore(first.document, first.versions) };
  const previous = replay(start, valid.slice(0, -1));
  const states = last ? [replay(previous, [last]), previous] : [previous];
  const proved = states.every((state) => hashOf(writeDocument(state.document)) === state.hash);
  return { states: proved ? states : [], rev };
}

function replay(from: LoggedState, commits: readonly LoggedCommit[]): LoggedState {
  const last = commits.at(-1);
  if (!last) return from;
  const transaction = createTransaction(from.document, from.rev);
  for (const commit of commits) for (const put of commit.puts) transaction.put(put);
  return {
    epoch: from.epoch,
    rev: transaction.rev(),
    hash: last.hash,
    document: transaction.document(),
    changes: [...from.changes, ...transaction.changes],
    answers: [...from.answers, ...commits.flatMap((commit) => commit.answers)],
  };
}

function restore(text: string, versions: Record<string, Record<string, number>>): Document {
  const document = new Map(readDocument(Buffer.from(text), 0));
  for (const [name, part] of document) {
    if (part.kind !== "collection") continue;
    const entries = Array.from(
      part.entries,
      ([id, { row }]) => [id, { row, version: versions[name]?.[id] ?? 0 }] as const,
    );
    document.set(name, { ...part, entries: new Map(entries) });
  }
  return document;
}

function parse(line: string | undefined): unknown {
  try {
    return JSON.parse(line ?? "");
  } catch {
    return null; // The schema rejects it.
  }
}
