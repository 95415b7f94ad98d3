import fs from "node:fs";
import type { Document } from "#api/rows/document.ts";
import { createTransaction } from "#api/writes/transaction.ts";
import type { Change } from "#sync/http";
import { applyEdit } from "./apply-edit.ts";
import { formerLog } from "./log-file.ts";
import {
  checkpointSchema,
  checksumLength,
  checksumOf,
  hashOf,
  type LoggedCommit,
  type LoggedEdit,
  type LoggedLine,
  type LoggedState,
  type LogTail,
  lineSchema,
} from "./log-format.ts";
import { shareEntries } from "./merge-edit.ts";
import { readDocument } from "./read-document.ts";
import type { RecentState } from "./recent-states.ts";
import { diffOf, type StateDiff, undoOf } from "./state-diff.ts";
import { writeDocument } from "./write-document.ts";

/** States that were replaced this long before the end of the log are not restored one by one. */
const recentMs = 6_000;

export interface ReadLog {
  /** The last state; none when the log is missing or fails verification. */
  readonly newest?: LoggedState;
  /** What the last line replaced: a crash between the log and the data file leaves the data file at it. */
  readonly replaced?: Replaced | undefined;
  /** The states before the newest, and files saved by hand, oldest first: a save may have been made from any. */
  readonly recent: readonly RecentState[];
  /** The last revision that the log names, verified or not. */
  readonly rev: number;
  /** Missing where the log has an old format, or is not used. */
  readonly tail?: LogTail | undefined;
  /** Why the log is not used, for a person. */
  readonly damage?: string;
}

interface Replaced {
  /** The hash of the state before the newest. */
  readonly hash: string;
  /** The time stamp of the data file that was to be replaced; format 1 does not tell. */
  readonly modifiedAt: number | undefined;
}

/**
 * Reads the log and verifies it: each line must have its checksum, and the lines are replayed on the
 * checkpoint, with the revision and the hash that the last of them recorded as the outcome.
 */
export function readLog(logFile: string, dataFile: string): ReadLog {
  const { startRev, ...present } = readOne(logFile, dataFile);
  if (!present.newest) return present;
  const former = readOne(formerLog(logFile), dataFile);
  const isContinued =
    former.newest?.epoch === present.newest.epoch && former.newest.rev === startRev;
  if (!isContinued) return present;
  const edits = former.recent.at(-1)?.edits ?? 0;
  const recent = present.recent.map((state) => ({ ...state, edits: state.edits + edits }));
  return { ...present, recent: [...former.recent, ...recent] };
}

function readOne(logFile: string, dataFile: string): ReadLog & { startRev: number } {
  const text = fs.existsSync(logFile) ? fs.readFileSync(logFile, "utf8") : "";
  // Text after the last line break was torn by a crash and never acknowledged.
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const texts = whole.split("\n").slice(0, -1);
  const lines = unseal(texts);
  const parsed = lines.slice(1).map(({ value }) => lineSchema.safeParse(value).data);
  const first = checkpointSchema.safeParse(lines[0]?.value).data;
  const startRev = first?.rev ?? 0;
  const rev = parsed.findLast((line) => line !== undefined)?.rev ?? startRev;
  const refuse = (damage?: string) => ({ recent: [], rev, startRev, ...(damage && { damage }) });
  if (texts.length === 0) return refuse();
  const isOld = first?.format === 1 && lines.every(({ sum }) => sum === "none");
  const bad = isOld ? -1 : lines.findIndex(({ sum }) => sum !== "right");
  if (bad >= 0) return refuse(`line ${bad + 1} has the wrong checksum`);
  if (!first || hashOf(first.document) !== first.hash) return refuse("its first line is invalid");
  if (first.file !== dataFile) return refuse("it belongs to another file");
  const valid = parsed.filter((line) => line !== undefined);
  if (valid.length < parsed.length) return refuse("it has an invalid line");
  const replayed = replay(first, valid);
  if (!replayed) return refuse("its changes do not lead to the state it records");
  const tail: LogTail = {
    start: Buffer.byteLength(texts[0] ?? "") + 1,
    end: Buffer.byteLength(whole),
    checksum: texts.at(-1)?.slice(0, checksumLength) ?? "",
  };
  return { ...replayed, rev, startRev, ...(!isOld && { tail }) };
}

type Checkpoint = LoggedState & { versions: Record<string, Record<string, number>> };

function replay(
  first: Omit<Checkpoint, "document"> & { document: string },
  lines: readonly LoggedLine[],
): Pick<ReadLog, "newest" | "replaced" | "recent"> | null {
  let state: LoggedState = { ...first, document: restore(first.document, first.versions) };
  const oldest = (lines.at(-1)?.at ?? 0) - recentMs;
  const recent: RecentState[] = [];
  let edits = 0;
  const remember = (differs: StateDiff, until: number, isSaved: boolean) => {
    if (until >= oldest) recent.push({ differs, until, edits, isSaved });
  };
  for (const group of grouped(lines)) {
    const [line] = group;
    if (!line) continue;
    if (!isEdit(line)) {
      state = committed(state, group.filter(isCommit), remember);
    } else {
      const before = state;
      state = edited(before, line);
      const changes = state.changes.slice(before.changes.length);
      remember(undoOf(before.document, state.document, changes), line.at, false);
      if (changes.length > 0) edits += 1;
      const saved = readDocument(Buffer.from(line.saved ?? line.document), 0);
      remember(diffOf(shareEntries(saved, state.document), state.document), line.at, true);
    }
    if (state.rev !== group.at(-1)?.rev) return null;
  }
  if (hashOf(writeDocument(state.document)) !== state.hash) return null;
  const last = lines.at(-1);
  return {
    newest: state,
    recent,
    ...(last && { replaced: { hash: lines.at(-2)?.hash ?? first.hash, modifiedAt: overOf(last) } }),
  };
}

/** A line of format 1 does not tell; an edit that replaced nothing left nothing to be taken for. */
function overOf(last: LoggedLine): number | undefined {
  return last.at === 0 ? undefined : (last.over ?? Number.NaN);
}

/** Commits between two edits are replayed together, so that they copy a collection once. */
function grouped(lines: readonly LoggedLine[]): LoggedLine[][] {
  const groups: LoggedLine[][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    if (!isEdit(line) && group?.[0] && !isEdit(group[0])) group.push(line);
    else groups.push([line]);
  }
  return groups;
}

const isEdit = (line: LoggedLine): line is LoggedEdit => "document" in line;
const isCommit = (line: LoggedLine): line is LoggedCommit => !isEdit(line);

function committed(
  from: LoggedState,
  commits: readonly LoggedCommit[],
  remember: (differs: StateDiff, until: number, isSaved: boolean) => void,
): LoggedState {
  const transaction = createTransaction(from.document, from.rev);
  for (const { puts, at } of commits) {
    const rows = puts.map(({ resource, id }) => ({
      resource,
      id,
      entry: transaction.entry(resource, id),
    }));
    for (const put of puts) transaction.put(put);
    // Backwards: a row that one commit wrote twice had its first contents before.
    remember({ rows: rows.reverse(), parts: [] }, at, false);
  }
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

const sealed = new RegExp(`^([\\w-]{${checksumLength}}) (.*)$`, "s");

function unseal(lines: readonly string[]): Unsealed[] {
  let previous = "";
  return lines.map((line) => {
    const [, sum = "", json = ""] = sealed.exec(line) ?? [];
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
