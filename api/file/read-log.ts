import fs from "node:fs";
import type { Document } from "#api/rows/document.ts";
import { createTransaction } from "#api/writes/transaction.ts";
import {
  checkpointSchema,
  commitSchema,
  hashOf,
  type Logged,
  type LoggedCommit,
} from "./log-format.ts";
import { readDocument } from "./read-document.ts";
import { writeDocument } from "./write-document.ts";

/**
 * Reads the log and proves it: the commits are run again on the checkpoint, and the outcome must have
 * the hash that the last of them recorded. Answers the last states, newest first: a crash between the
 * log and the data file leaves the data file at the one before. Empty when there is no log to trust.
 */
export function readLog(logFile: string, dataFile: string): { states: Logged[]; rev: number } {
  const text = fs.existsSync(logFile) ? fs.readFileSync(logFile, "utf8") : "";
  // What follows the last line break was torn by a crash and never acknowledged.
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
  const whole = commits.filter((commit) => commit !== undefined);
  if (whole.length < commits.length) return { states: [], rev };
  const last = whole.at(-1);
  const start: Logged = { ...first, document: restore(first.document, first.versions) };
  const previous = replay(start, whole.slice(0, -1));
  const states = last ? [replay(previous, [last]), previous] : [previous];
  const proved = states.every((state) => hashOf(writeDocument(state.document)) === state.hash);
  return { states: proved ? states : [], rev };
}

function replay(from: Logged, commits: readonly LoggedCommit[]): Logged {
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
    document.set(name, { kind: "collection", entries: new Map(entries) });
  }
  return document;
}

function parse(line: string | undefined): unknown {
  try {
    return JSON.parse(line ?? "");
  } catch {
    return null; // Not a line of ours: the schema refuses it.
  }
}
