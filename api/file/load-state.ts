import { randomBytes } from "node:crypto";
import type { SavedState } from "#api/engine/row-store.ts";
import { applyEdit } from "./apply-edit.ts";
import { hashOf, type LoggedState } from "./log-format.ts";
import { readDocument } from "./read-document.ts";
import { readLog } from "./read-log.ts";
import { writeDocument } from "./write-document.ts";

/**
 * Loads the state from the data file and its log. A verified log continues its epoch: what differs in
 * the data file was edited while no server ran, and becomes changes. Otherwise a new epoch starts.
 *
 * A new epoch starts at the milliseconds since the Unix epoch, so that `rev` does not go back even when
 * the log is deleted: to overtake the clock, an epoch would need more than a thousand changes in every
 * second of its life.
 */
export function loadState(options: {
  file: string;
  bytes: Buffer;
  logPath: string;
  now: number;
}): SavedState {
  const { file, bytes, logPath, now } = options;
  const { states, rev } = readLog(logPath, file);
  return continueEpoch(bytes, states) ?? startEpoch(bytes, Math.max(now, rev + 1));
}

function continueEpoch(bytes: Buffer, states: readonly LoggedState[]): SavedState | null {
  const [newest] = states;
  if (!newest) return null;
  const edited = readDocument(bytes, newest.rev);
  const hash = hashOf(writeDocument(edited));
  const from = states.find((state) => state.hash === hash) ?? newest;
  const { document, changes } = applyEdit(from.document, from.rev, edited);
  return {
    epoch: from.epoch,
    rev: changes.at(-1)?.rev ?? from.rev,
    document,
    changes: [...from.changes, ...changes],
    answers: from.answers,
  };
}

function startEpoch(bytes: Buffer, rev: number): SavedState {
  const epoch = randomBytes(6).toString("hex");
  return { epoch, rev, document: readDocument(bytes, rev), changes: [], answers: [] };
}
