import fs from "node:fs";
import type { Document } from "#api/rows/document.ts";
import { createTransaction } from "#api/writes/transaction.ts";
import type { Change } from "#sync/http";
import { applyEdit } from "./apply-edit.ts";
import { formerLog } from "./log-file.ts";
import {
  checkpointSchema,
  checksumOf,
  hashOf,
  type LoggedCommit,
  type LoggedEdit,
  type LoggedLine,
  type LoggedState,
  lineSchema,
} from "./log-format.ts";
import { shareEntries } from "./merge-edit.ts";
import { readDocument } from "./read-document.ts";
import type { RecentState } from "./recent-states.ts";
import { writeDocument } from "./write-document.ts";

/** States that were replaced this long before the end of the log are not restored one by one. */
const recentMs = 6_000;
const maxRecent = 200;

export interface ReadLog {
  /**
   * The last two states, newest first, because a crash between the log and the data file leaves the data
   * file at the older one; none when the log is missing or fails verification.
   */
  readonly states: readonly LoggedState[];
  /** The time stamp of the data file that the newest state replaced. */
  readonly over?: number | undefined;
  /** The states before the newest, and files saved by hand, oldest first: a save may have been made from any. */
  readonly recent: readonly RecentState[];
  /** The last revision that the log names, verified or not. */
  readonly rev: number;
  /** Why the log is not used, for a person. */
  readonly damage?: string;
}

/**
 * Reads the log and verifies it: each line must have its checksum, and the lines are replayed on the
 * checkpoint, with the revision and the hash that the last of them recorded as the outcome.
 */
export function readLog(logFile: string, dataFile: string): ReadLog {
  const present = readOne(logFile, dataFile);
  const [newest] = present.states;
  if (!newest) return present;
  const former = readOne(formerLog(logFile), dataFile);
  const [last] = former.states;
  if (last?.epoch !== newest.epoch) return present;
  const edits = former.recent.at(-1)?.edits ?? 0;
  const recent = [
    ...former.recent,
    { document: last.document, until: present.startedAt, edits, isSaved: false },
    ...present.recent.map((state) => ({ ...state, edits: state.edits + edits })),
  ];
  return { ...present, recent };
}

interface OneLog extends ReadLog {
  /** The time of its checkpoint. */
  readonly startedAt: number;
}

function readOne(logFile: string, dataFile: string): OneLog {
  const text = fs.existsSync(logFile) ? fs.readFileSync(logFile, "utf8") : "";
  // Text after the last line break was torn by a crash and never acknowledged.
  const texts = text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .slice(0, -1);
  const lines = unseal(texts);
  const parsed = lines.slice(1).map(({ value }) => lineSchema.safeParse(value).data);
  const first = checkpointSchema.safeParse(lines[0]?.value).data;
  const rev = parsed.findLast((line) => line !== undefined)?.rev ?? first?.rev ?? 0;
  const refuse = (damage?: string): OneLog => ({
    states: [],
    recent: [],
    rev,
    startedAt: 0,
    ...(damage && { damage }),
  });
  if (texts.length === 0) return refuse();
  const isOld = first?.format === 1 && lines.every(({ sum }) => sum === "none");
  const bad = isOld ? -1 : lines.findIndex(({ sum }) => sum !== "right");
  if (bad >= 0) return refuse(`line ${bad + 1} has the wrong checksum`);
  if (!first || hashOf(first.document) !== first.hash) return refuse("its first line is invalid");
  if (first.file !== dataFile) return refuse("it belongs to another file");
  const valid = parsed.filter((line) => line !== undefined);
  if (valid.length < parsed.length) return refuse("it has an invalid line");
  const replayed = replay(first, valid);
  return replayed
    ? { ...replayed, rev, startedAt: first.at }
    : refuse("its changes do not lead to the state it records");
}

type Checkpoint = LoggedState & { versions: Record<string, Record<string, number>> };

function replay(
  first: Omit<Checkpoint, "document"> & { document: string; at: number },
  lines: readonly LoggedLine[],
): Pick<ReadLog, "states" | "over" | "recent"> | null {
  let state: LoggedState = { ...first, document: restore(first.document, first.versions) };
  let previous = state;
  const end = lines.at(-1)?.at ?? 0;
  const isRecent = (at: number, index: number) =>
    at >= end - recentMs && index >= lines.length - maxRecent;
  const early = lines.findIndex(({ at }, index) => isRecent(at, index));
  const recent: RecentState[] = [];
  let edits = 0;
  for (const group of grouped(lines, early < 0 ? lines.length : early)) {
    const [line] = group;
    if (!line) continue;
    previous = state;
    const next = isEdit(line) ? edited(state, line) : committed(state, group.filter(isCommit));
    if (!next || next.rev !== group.at(-1)?.rev) return null;
    state = next;
    if (group.length > 1) continue;
    recent.push({ document: previous.document, until: line.at, edits, isSaved: false });
    if (!isEdit(line)) continue;
    if (state.rev !== previous.rev) edits += 1;
    const saved = readDocument(Buffer.from(line.saved ?? line.document), 0);
    const document = shareEntries(saved, state.document);
    recent.push({ document, until: line.at, edits, isSaved: true });
  }
  const states = lines.length > 0 ? [state, previous] : [state];
  const isProved = states.every(({ document, hash }) => hashOf(writeDocument(document)) === hash);
  const kept = recent.filter(({ until }) => until >= end - recentMs);
  return isProved ? { states, recent: kept, over: overOf(lines.at(-1)) } : null;
}

/** A log of format 1 does not tell; then the contents of the data file decide alone. */
function overOf(last: LoggedLine | undefined): number | undefined {
  return last?.at === 0 ? undefined : (last?.over ?? Number.NaN);
}

/** Runs of commits before `singly` are replayed together; edits, recent lines and the last two one by one. */
function grouped(lines: readonly LoggedLine[], singly: number): LoggedLine[][] {
  const groups: LoggedLine[][] = [];
  for (const [index, line] of lines.entries()) {
    const group = groups.at(-1);
    const joins = index < singly && index < lines.length - 1 && !isEdit(line);
    if (joins && group?.[0] && !isEdit(group[0])) group.push(line);
    else groups.push([line]);
  }
  return groups;
}

const isEdit = (line: LoggedLine): line is LoggedEdit => "document" in line;
const isCommit = (line: LoggedLine): line is LoggedCommit => !isEdit(line);

function committed(from: LoggedState, commits: readonly LoggedCommit[]): LoggedState {
  const transaction = createTransaction(from.document, from.rev);
  for (const commit of commits) for (const put of commit.puts) transaction.put(put);
  const answers = commits.flatMap((commit) => commit.answers);
  return {
    ...after(from, transaction.document(), transaction.changes, commits.at(-1)),
    answers: [...from.answers, ...answers],
  };
}

function edited(from: LoggedState, line: LoggedEdit): LoggedState {
  const next = readDocument(Buffer.from(line.document), from.rev);
  const { document, changes } = applyEdit(from.document, from.rev, next);
  return after(from, document, changes, line);
}

function after(
  from: LoggedState,
  document: Document,
  changes: readonly Change[],
  line: LoggedLine | undefined,
): LoggedState {
  return {
    epoch: from.epoch,
    rev: changes.at(-1)?.rev ?? from.rev,
    hash: line?.hash ?? from.hash,
    document,
    changes: [...from.changes, ...changes],
    answers: from.answers,
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

interface Unsealed {
  value: unknown;
  sum: "right" | "wrong" | "none";
}

function unseal(lines: readonly string[]): Unsealed[] {
  let previous = "";
  return lines.map((line) => {
    const [, sum = "", json = ""] = /^([\w-]{22}) (.*)$/s.exec(line) ?? [];
    if (sum === "") return { value: parse(line), sum: "none" };
    const isRight = sum === checksumOf(json, previous);
    previous = sum;
    return { value: parse(json), sum: isRight ? "right" : "wrong" };
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null; // The schema rejects it.
  }
}
