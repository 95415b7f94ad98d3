import { randomBytes } from "node:crypto";
import type { SavedState } from "#api/engine/row-store.ts";
import { hashOf } from "./log-format.ts";
import { readDocument } from "./read-document.ts";
import { readLog } from "./read-log.ts";
import type { RecentState } from "./recent-states.ts";
import { writeDocument } from "./write-document.ts";

export interface LoadedState {
  readonly state: SavedState;
  /** Earlier states, from any of which the data file may have been made. */
  readonly recent: readonly RecentState[];
  /** The data file differs from the state: it was edited by hand, and the edit is still to be applied. */
  readonly isEdited: boolean;
}

/**
 * Loads the state from the log. A verified log continues its epoch, whatever the data file holds: what
 * differs there was edited by hand, while a server ran or not. Otherwise a new epoch starts from the file.
 *
 * A new epoch starts at the milliseconds since the Unix epoch, so that `rev` does not go back even when
 * the log is deleted: to overtake the clock, an epoch would need more than a thousand changes in every
 * second of its life.
 */
export function loadState(options: {
  file: string;
  bytes: Buffer;
  /** The time stamp of the data file. */
  modifiedAt: number;
  logPath: string;
  now: number;
  log: (line: string) => void;
}): LoadedState {
  const { file, bytes, modifiedAt, logPath, now, log } = options;
  const { states, over, recent, rev, damage } = readLog(logPath, file);
  const [newest, previous] = states;
  if (!newest) {
    if (damage) log(`${logPath} is not used: ${damage}. A new epoch starts from the data file`);
    const epoch = randomBytes(6).toString("hex");
    const startRev = Math.max(now, rev + 1);
    const document = readDocument(bytes, startRev);
    const state = { epoch, rev: startRev, document, changes: [], answers: [] };
    return { state, recent: [], isEdited: false };
  }
  const hash = hashOf(writeDocument(readDocument(bytes, newest.rev)));
  if (hash === newest.hash) return { state: newest, recent, isEdited: false };
  // The very file that the last commit was to replace: a crash came first, and nothing was acknowledged.
  if (previous && hash === previous.hash && (over === undefined || over === modifiedAt)) {
    return { state: previous, recent, isEdited: false };
  }
  return { state: newest, recent, isEdited: true };
}
