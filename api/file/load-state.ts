import type { Document, Part } from "#api/rows/document.ts";
import { newLog, type SealedTail } from "#sync/server";
import type { FileMark } from "./data-file.ts";
import type { LoggedState } from "./log-file.ts";
import { hashOf } from "./log-format.ts";
import { readLog } from "./read-log.ts";
import { createRecentStates, type RecentStates } from "./recent-states.ts";
import { writeDocument } from "./write-document.ts";

export interface LoadedState {
  readonly state: LoggedState;
  readonly recent: RecentStates;
  /** `edited`: the data file was saved by hand, and is still to be applied. */
  readonly file: "known" | "edited";
  /** Where the log ends, if it can be continued, and when its checkpoint was made. */
  readonly tail: SealedTail | undefined;
  readonly since: number | undefined;
}

/**
 * Loads the state from the log. A verified log continues its epoch, whatever the data file holds: what
 * differs there was edited by hand, while a server ran or not. Otherwise a new epoch starts from the file.
 */
export function loadState(options: {
  file: string;
  /** What the data file holds, and its hash and time stamp. */
  read: Document;
  mark: FileMark;
  logPath: string;
  maxChanges: number;
  now: () => number;
  log: (line: string) => void;
}): LoadedState {
  const { file, read, mark, logPath, now, log } = options;
  const { newest, held, recent, rev, damage, tail, since } = readLog(logPath, file, options);
  if (!newest || !recent) {
    if (damage) log(`${logPath} is not used: ${damage}. A new epoch starts from the data file`);
    const { epoch, head: startRev } = newLog(now, rev);
    const document = withVersion(read, startRev);
    const state = { epoch, rev: startRev, document, changes: [], answers: [], history: [] };
    const fresh = createRecentStates();
    return { state, recent: fresh, file: "known", tail: undefined, since: undefined };
  }
  const hash = held?.isOfDocument ? hashOf(writeDocument(read)) : mark.hash;
  const isHeld = hash === held?.hash;
  const isBefore =
    !isHeld &&
    hash === held?.over?.hash &&
    (held.over.modifiedAt === undefined || held.over.modifiedAt === mark.modifiedAt);
  if (isBefore) recent.takeBack();
  return { state: newest, recent, file: isHeld || isBefore ? "known" : "edited", tail, since };
}

function withVersion(document: Document, version: number): Document {
  const parts = new Map<string, Part>();
  for (const [name, part] of document) parts.set(name, partWithVersion(part, version));
  return parts;
}

function partWithVersion(part: Part, version: number): Part {
  if (part.kind === "other") return part;
  if (part.kind === "singular") return { ...part, entry: { ...part.entry, version } };
  const entries = Array.from(part.entries, ([id, { row }]) => [id, { row, version }] as const);
  return { ...part, entries: new Map(entries) };
}
