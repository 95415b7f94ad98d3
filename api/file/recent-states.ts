import type { Document } from "#api/rows/document.ts";
import { distanceBeyond } from "./merge-edit.ts";

/** A saved file may have been made from contents that were replaced this long before. */
const staleBufferMs = 3_000;
/** Two programs that read the same contents and save this shortly after each other: both edits stay. */
const raceMs = 1_000;
/** A new state is in the file this long before it is known to be replaced, at most. */
const toleranceMs = 100;
const maxStates = 200;

/** Contents that the data file had: committed by us, or saved by hand. */
export interface RecentState {
  readonly document: Document;
  /** When it was replaced, in milliseconds since the Unix epoch. */
  readonly until: number;
  /** How many edits by hand had been applied before it. A saved file counts its own. */
  readonly edits: number;
  /** It was saved by hand, and has been applied. */
  readonly isSaved: boolean;
}

/**
 * The latest contents of the data file. A saved file was made from one of them: a program either read it
 * from the file, or had saved it itself and edits on. The latter makes a second save of one buffer safe.
 */
export interface RecentStates {
  /** A state was replaced. */
  add(document: Document): void;
  /** A file saved by hand was applied; `changed` when it changed any row. */
  addSaved(document: Document, changed: boolean): void;
  /** Which contents a file was made from that was saved at `changedAt`; `null` when that is too long ago. */
  baseOf(edited: Document, current: Document, changedAt: number): Document | null;
}

export function createRecentStates(options: {
  /** States of an earlier run, oldest first. */
  states: readonly RecentState[];
  now: () => number;
}): RecentStates {
  const { now } = options;
  let states = [...options.states];
  let edits = states.at(-1)?.edits ?? 0;

  function add(document: Document, isSaved = false): void {
    states.push({ document, until: now(), edits, isSaved });
    const oldest = now() - 2 * staleBufferMs;
    states = states.filter(({ until }) => until >= oldest).slice(-maxStates);
  }

  return {
    add: (document) => add(document),
    addSaved(document, changed) {
      if (changed) edits += 1;
      add(document, true);
    },
    baseOf: (edited, current, changedAt) => findBase(edited, current, states, changedAt),
  };
}

/**
 * The contents that a saved file differs from in the fewest fields. What was committed since is then not
 * part of the edit, and stays. In doubt the oldest, which takes the least for edited.
 *
 * - A file that was applied since it was saved is its own base: a crash came before that was noted.
 * - What came into the file after the save cannot be its base.
 * - An edit by hand may undo an earlier one: contents from before the last edit are candidates only for
 *   `raceMs`, and never when the saved file equals them, because then somebody has put them back.
 */
export function findBase(
  edited: Document,
  current: Document,
  states: readonly RecentState[],
  changedAt: number,
): Document | null {
  const sameAsEdited = distanceBeyond(edited, edited, current);
  const applied = states.find(
    ({ document, until, isSaved }) =>
      isSaved && until >= changedAt && distanceBeyond(edited, document, current) === sameAsEdited,
  );
  if (applied) return applied.document;
  const later = states.findIndex(({ until }) => until >= changedAt + toleranceMs);
  const present = { document: current, until: changedAt, edits: states.at(-1)?.edits ?? 0 };
  const candidates = later < 0 ? [...states, present] : states.slice(0, later + 1);
  const edits = candidates.at(-1)?.edits ?? 0;
  let best: { document: Document | null; distance: number } = {
    document: null,
    distance: Number.POSITIVE_INFINITY,
  };
  const consider = (document: Document, mayBeEqual: boolean) => {
    const distance = distanceBeyond(edited, document, current);
    if (distance < best.distance && (mayBeEqual || distance > sameAsEdited)) {
      best = { document, distance };
    }
  };
  for (const state of candidates) {
    if (state.edits === edits && state.until >= changedAt - staleBufferMs) {
      consider(state.document, true);
    }
  }
  for (const state of candidates) {
    if (state.edits < edits && state.until >= changedAt - raceMs) consider(state.document, false);
  }
  return best.document;
}
