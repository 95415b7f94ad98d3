import { randomBytes } from "node:crypto";
import type { SavedState } from "#api/engine/row-store.ts";
import { hashOf, type LogTail } from "./log-format.ts";
import { readDocument } from "./read-document.ts";
import { readLog } from "./read-log.ts";
import type { RecentState } from "./recent-states.ts";
import { writeDocument } from "./write-document.ts";

export interface LoadedState {
  readonly state: SavedState;
  /** Earlier states, from any of which the data file may have been made. */
  readonly recent: readonly RecentState[];
  /**
   * What the data file holds. `before`: what the last commit of the log was to replace; a crash came first.
   * `edited`: something else, saved by hand and still to be applied.
   */
  readonly file: "state" | "before" | "edited";
  /** Where the log ends, if it can be continued. */
  readonly tail: LogTail | undefined;
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
  const { newest, replaced, recent, rev, damage, tail } = readLog(logPath, file);
  if (!newest) {
    if (damage) log(`${logPath} is not used: ${damage}. A new epoch starts from the data file`);
    const epoch = randomBytes(6).toString("hex");
    const startRev = Math.max(now, rev + 1);
    const document = readDocument(bytes, startRev);
    const state = { epoch, rev: startRev, document, changes: [], answers: [] };
    return { state, recent: [], file: "state", tail: undefined };
  }
  const hash = hashOf(writeDocument(readDocument(bytes, newest.rev)));
  const isBefore =
    hash === replaced?.hash &&
    (replaced.modifiedAt === undefined || replaced.modifiedAt === modifiedAt);
  const held = hash === newest.hash ? "state" : isBefore ? "before" : "edited";
  return { state: newest, recent, file: held, tail };
}
