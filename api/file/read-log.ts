import fs from "node:fs";
import { createRowStore, type RowStore } from "#api/engine/row-store.ts";
import type { Document } from "#api/rows/document.ts";
import { createTransaction } from "#api/writes/transaction.ts";
import { type SealedTail, unsealLines } from "#sync/server";
import { followHistory } from "./account-history.ts";
import { applyEdit } from "./apply-edit.ts";
import { formerLog, type LoggedState, recentMs } from "./log-file.ts";
import {
  checkpointSchema,
  hashOf,
  type LoggedCheckpoint,
  type LoggedLine,
  lineSchema,
} from "./log-format.ts";
import { shareEntries } from "./merge-edit.ts";
import { readDocument, readOwnDocument } from "./read-document.ts";
import { createRecentStates, type RecentStates, type StateMark } from "./recent-states.ts";
import { undoOf, undoOfSteps } from "./state-diff.ts";
import { writeDocument } from "./write-document.ts";

export interface ReadLog {
  /** The last state; none when the log is missing or fails verification. */
  readonly newest?: LoggedState;
  /** What the data file holds, if nobody saved it since. */
  readonly held?: HeldFile | undefined;
  /** The states before the newest, and files saved by hand: a save may have been made from any. */
  readonly recent?: RecentStates;
  /** The last revision that the log names, verified or not. */
  readonly rev: number;
  /** Missing where the log has an old format, or is not used. */
  readonly tail?: SealedTail | undefined;
  /** When its checkpoint was made, in milliseconds since the Unix epoch. */
  readonly since?: number;
  /** Why the log is not used, for a person. */
  readonly damage?: string;
}

export interface HeldFile {
  /** Of its bytes, or in a log of an old format of its document as `writeDocument` formats it. */
  readonly hash: string;
  readonly isOfDocument: boolean;
  /** What it holds instead, if a crash came before its last replacement. */
  readonly over?: { readonly hash: string; readonly modifiedAt?: number | undefined } | undefined;
}

interface Options {
  now: () => number;
  maxChanges: number;
}

/**
 * Reads the log and verifies it: each line must have its checksum, which covers that of the line before, and the
 * lines are replayed on the checkpoint, with the revisions that they recorded.
 */
export function readLog(
  logFile: string,
  dataFile: string,
  options: Options = { now: Date.now, maxChanges: 5_000 },
): ReadLog {
  const present = parseLog(logFile, dataFile);
  if (!("first" in present)) return present;
  const { first, lines, rev, tail } = present;
  const replay = createReplay(options);
  // The states before the checkpoint are in the former log.
  const isYoung = (lines.at(-1)?.at ?? first.at) - first.at < recentMs;
  if (isYoung || (first.held === undefined && first.inFile === undefined)) {
    const former = parseLog(formerLog(logFile), dataFile);
    if ("first" in former && former.first.epoch === first.epoch && former.rev === first.rev) {
      replay.run(former.first, former.lines);
    }
  }
  const done = replay.run(first, lines);
  if (!done) return { rev, damage: "its changes do not lead to the state it records" };
  return { ...done, rev, tail, since: first.at };
}

type Parsed =
  | ReadLog
  | { first: LoggedCheckpoint; lines: LoggedLine[]; rev: number; tail?: SealedTail };

function parseLog(logFile: string, dataFile: string): Parsed {
  const text = fs.existsSync(logFile) ? fs.readFileSync(logFile, "utf8") : "";
  const { lines: unsealed, tail } = unsealLines(text);
  const parsed = unsealed.slice(1).map(({ value }) => lineSchema.safeParse(value).data);
  const first = checkpointSchema.safeParse(unsealed[0]?.value).data;
  const last = parsed.findLast((line) => line !== undefined && "rev" in line);
  const rev = (last && "rev" in last ? last.rev : first?.rev) ?? 0;
  const refuse = (damage?: string) => ({ rev, ...(damage && { damage }) });
  if (unsealed.length === 0) return refuse();
  const hasSums = first?.format !== 1 || unsealed.some(({ sum }) => sum !== "none");
  const bad = hasSums ? unsealed.findIndex(({ sum }) => sum !== "right") : -1;
  if (bad >= 0) return refuse(`line ${bad + 1} has the wrong checksum`);
  if (!first || (first.format < 3 && hashOf(first.document) !== first.hash)) {
    return refuse("its first line is invalid");
  }
  if (first.file !== dataFile) return refuse("it belongs to another file");
  const lines = parsed.filter((line) => line !== undefined);
  if (lines.length < parsed.length) return refuse("it has an invalid line");
  return { first, lines, rev, ...(first.format === 3 && { tail }) };
}

/** Runs logs, the one continuing the other. */
function createReplay({ now, maxChanges }: Options) {
  let recent: RecentStates | null = null;
  let held: HeldFile | undefined;

  function run(first: LoggedCheckpoint, lines: readonly LoggedLine[]) {
    const isOld = first.format < 3;
    const isHeld = isOld || first.held !== undefined;
    recent ??= createRecentStates({ isInFile: isHeld });
    const states = recent;
    const saved = { ...first, document: restore(first.document, first.versions) };
    const store = createRowStore(saved, { now, log: () => {}, maxChanges });
    const history = followHistory(store, first.history);
    if (isHeld) {
      states.written(states.mark(), { after: first.at, by: lines[0]?.at ?? first.at });
      const hash = (isOld ? first.hash : first.held) ?? "";
      held = { hash, isOfDocument: isOld };
    } else if (first.inFile && first.inFile.hash !== held?.hash) {
      // Of a file that was saved by hand just before, or again and again.
      const inFile = shareEntries(readOwnDocument(first.inFile.document), saved.document);
      states.addSaved(inFile, saved.document, { changed: false, isInFile: true, at: first.at });
      held = { hash: first.inFile.hash, isOfDocument: false };
    }
    /** Of the states, the newest last. */
    const marks: StateMark[] = [states.mark()];
    for (const [index, line] of lines.entries()) {
      // A line is written before the file is replaced, and the next one after it: a disk may take seconds for the first.
      const until = { after: line.at, by: lines[index + 1]?.at ?? line.at };
      if ("written" in line) {
        const mark = marks.at(-1 - line.behind);
        if (mark) states.written(mark, until);
        held = { hash: line.written, isOfDocument: false, over: line.over };
        continue;
      }
      if ("puts" in line) runCommit(store, states, line);
      else runEdit(store, states, line);
      if (store.state().rev !== line.rev) return null;
      if (isOld) {
        states.written(states.mark(), until);
        // A line of format 1 does not tell; an edit that replaced nothing left nothing to be taken for.
        const modifiedAt = line.at === 0 ? undefined : (line.over ?? Number.NaN);
        const over = held && { hash: held.hash, modifiedAt };
        held = { hash: line.hash ?? "", isOfDocument: true, over };
      } else if ("document" in line && line.inFile !== undefined) {
        held = { hash: line.inFile, isOfDocument: false };
      }
      marks.push(states.mark());
    }
    const { epoch, rev, document } = store.state();
    if (isOld && hashOf(writeDocument(document)) !== held?.hash) return null;
    const last = lines.at(-1);
    if (last) states.stopped(last.at);
    const newest = {
      ...{ epoch, rev, document },
      changes: store.log.all(),
      answers: store.answers.all(),
      history: history.all(),
    };
    return { newest, held, recent: states };
  }

  return { run };
}

function runCommit(
  store: RowStore,
  states: RecentStates,
  { puts, answers, at }: Extract<LoggedLine, { puts: unknown }>,
): void {
  const { document, rev } = store.state();
  const transaction = createTransaction(document, rev, { counts: store.counts });
  for (const put of puts) transaction.put(put);
  const { steps, changes } = transaction;
  store.advance({ rev: transaction.rev(), steps, at }, changes, answers);
  states.add(undoOfSteps(steps), at);
}

function runEdit(
  store: RowStore,
  states: RecentStates,
  line: Extract<LoggedLine, { document: string }>,
): void {
  const { document: before, rev } = store.state();
  const next = readDocument(Buffer.from(line.document), rev);
  const { document, changes } = applyEdit(before, rev, next, store.counts);
  store.advance({ rev: changes.at(-1)?.rev ?? rev, document, at: line.at }, changes);
  states.add(undoOf(before, document, changes), line.at);
  const saved = line.saved === undefined ? next : readDocument(Buffer.from(line.saved), 0);
  states.addSaved(shareEntries(saved, document), document, {
    changed: changes.length > 0,
    isInFile: line.inFile !== undefined || line.hash !== undefined,
    at: line.at,
  });
}

function restore(text: string, versions: Record<string, Record<string, number>>): Document {
  const document = new Map(readOwnDocument(text));
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
