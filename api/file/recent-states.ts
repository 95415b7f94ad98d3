import type { Document } from "#api/rows/document.ts";
import { measureDistance } from "./edit-distance.ts";
import { applyDiffs, diffOf, type StateDiff } from "./state-diff.ts";

/** A saved file may have been made from contents that were replaced this long before. */
const staleBufferMs = 3_000;
/** Two programs that read the same contents and save this shortly after each other: both edits stay. */
const raceMs = 1_000;
/**
 * From a crash to the first commit after it nothing is replaced, and one save may have been made from another:
 * that time does not count, up to this much. After it, a file is taken for a restored backup.
 */
const downMs = 60_000;
/** A new state is in the file this long before it is known to be replaced, at most. */
const toleranceMs = 100;

/**
 * When the data file ceased to hold something, in milliseconds since the Unix epoch. It is replaced between two
 * readings of the clock, which a busy machine or a slow disk takes far apart: after the one and by the other.
 */
export interface Replacement {
  readonly after: number;
  readonly by: number;
}

/** A committed state, or contents that were saved by hand. */
export interface RecentState {
  /** What it holds where the next committed state differs. */
  readonly differs: StateDiff;
  /**
   * When the data file ceased to hold it: infinite for what it holds still, and minus infinity for a state that it never
   * held, because it was written after later commits only.
   */
  readonly until: Replacement;
  /** How many edits by hand had been applied before it. A saved file counts its own. */
  readonly edits: number;
  /** It was saved by hand, and has been applied: the next committed state is what that led to. */
  readonly isSaved: boolean;
}

/** A state that the data file may come to hold. */
export interface StateMark {
  until: Replacement;
}

/**
 * The latest contents of the data file. A saved file was made from one of them: a program either read it
 * from the file, or had saved it itself and edits on. The latter makes a second save of one buffer safe.
 * Kept as differences, so that a commit to a large file adds no more than its own rows. Times are milliseconds since
 * the Unix epoch.
 */
export interface RecentStates {
  /** A commit led to another state; `differs` is what the one before it held where that differs. */
  add(differs: StateDiff, at: number): void;
  /**
   * A file saved by hand was applied, and led to the state `after`; `changed` when it changed any row. `isInFile`
   * unless it was saved to a file that was replaced.
   */
  addSaved(
    saved: Document,
    after: Document,
    how: { changed: boolean; isInFile: boolean; at: number },
  ): void;
  /** The present state, for `written`. */
  mark(): StateMark;
  /** The data file was written, and holds this state. */
  written(mark: StateMark, at: Replacement): void;
  /** The last `written` did not come about. */
  takeBack(): void;
  /** Whether the data file holds the present state. */
  isInFile(): boolean;
  /** What the data file holds; `null` where that is not known. */
  heldOf(current: Document): Document | null;
  /** A server stopped here; what follows is another one. */
  stopped(at: number): void;
  /**
   * The data file was found to be different, and it may take long until it is complete and valid. The program that
   * saves it has read it before this.
   */
  saving(at: number): void;
  /** Which contents a file was made from that was saved at `changedAt`; `null` when that is too long ago. */
  baseOf(edited: Document, current: Document, changedAt: number): Document | null;
}

/** Begins with a state that the data file holds, unless told otherwise. */
export function createRecentStates({ isInFile = true } = {}): RecentStates {
  let states: RecentState[] = [];
  let present: StateMark = { until: isInFile ? still : never };
  let held: StateMark | null = isInFile ? present : null;
  let heldBefore: StateMark | null = null;
  let edits = 0;
  /** Until anything happens after it. */
  let stoppedAt: number | null = null;
  /** Until the file is applied. */
  let savingSince: number | null = null;

  function hold(next: StateMark, at: Replacement): void {
    if (held === next) return;
    if (held) held.until = at;
    heldBefore = held;
    held = next;
    next.until = still;
  }

  function add(differs: StateDiff, at: number): void {
    stoppedAt = null;
    states.push(Object.assign(present, { differs, edits, isSaved: false }));
    present = { until: never };
    const oldest = Math.min(at, savingSince ?? at) - 2 * staleBufferMs;
    const first = states.findIndex(({ until }) => until.by >= oldest);
    // Cut seldom, so that a commit does not copy the list.
    if (first > 100) states = states.slice(first);
  }

  return {
    add,
    addSaved(saved, after, { changed, isInFile, at }) {
      stoppedAt = null;
      if (isInFile) savingSince = null;
      if (changed) edits += 1;
      const differs = diffOf(saved, after);
      const until = momentOf(at);
      const state = { differs, until, edits, isSaved: true };
      states.push(state);
      if (isInFile) hold(isEmpty(differs) ? present : state, until);
    },
    mark: () => present,
    written: hold,
    takeBack() {
      if (held) held.until = never;
      held = heldBefore;
      if (held) held.until = still;
    },
    isInFile: () => held === present,
    heldOf(current) {
      if (held === present) return current;
      const index = (states as readonly StateMark[]).indexOf(held ?? present);
      return index < 0 ? null : stateAt(index, states, current);
    },
    stopped(at) {
      stoppedAt = at;
    },
    saving(at) {
      savingSince ??= at;
    },
    baseOf(edited, current, changedAt) {
      const isDown = stoppedAt !== null && changedAt - stoppedAt < downMs;
      const began = Math.min(changedAt, savingSince ?? changedAt);
      const readBefore = isDown ? Math.min(began, stoppedAt ?? began) : began;
      return findBase(edited, current, states, changedAt, readBefore);
    },
  };
}

const momentOf = (at: number): Replacement => ({ after: at, by: at });
const never = momentOf(Number.NEGATIVE_INFINITY);
const still = momentOf(Number.POSITIVE_INFINITY);

const isEmpty = ({ rows, parts }: StateDiff) => rows.length + parts.length === 0;

/**
 * The contents that a saved file differs from in the fewest fields. What was committed since is then not
 * part of the edit, and stays. In doubt the oldest, which takes the least for edited.
 *
 * - A file that was applied since it was saved is its own base: a crash came before that was noted.
 * - What came into the file after the save cannot be its base.
 * - An edit by hand may undo an earlier one: contents from before the last edit are candidates only for
 *   `raceMs`, and never when the saved file equals them, because then a person has put them back.
 */
export function findBase(
  edited: Document,
  current: Document,
  states: readonly RecentState[],
  changedAt: number,
  /** When it was read at the latest; its age counts from here. */
  readBefore = changedAt,
): Document | null {
  const distances = distancesOf(edited, current, states);
  const applied = states.findIndex(
    ({ until, isSaved }, index) => isSaved && until.by >= changedAt && distances[index] === 0,
  );
  if (applied >= 0) return stateAt(applied, states, current);
  const later = states.findIndex(({ until }) => until.after >= changedAt + toleranceMs);
  const end = later < 0 ? states.length : later + 1;
  const isPresent = later < 0;
  const edits = states[isPresent ? states.length - 1 : end - 1]?.edits ?? 0;
  let best = { index: -1, distance: Number.POSITIVE_INFINITY };
  const consider = (
    from: number,
    isCandidate: (state: RecentState, distance: number) => boolean,
  ) => {
    for (let index = from; index < end; index += 1) {
      const [state, distance] = [states[index], distances[index]];
      if (!state || distance === undefined || distance >= best.distance) continue;
      if (isCandidate(state, distance)) best = { index, distance };
    }
  };
  const isYoung = (state: RecentState) => state.until.by >= readBefore - staleBufferMs;
  const first = states.findIndex(isYoung);
  const from = first < 0 ? end : first;
  consider(from, (state) => isYoung(state) && state.edits === edits);
  const present = distances[states.length] ?? 0;
  if (isPresent && present < best.distance) best = { index: states.length, distance: present };
  consider(
    from,
    (state, distance) =>
      state.edits < edits && state.until.by >= readBefore - raceMs && distance > 0,
  );
  if (best.index < 0) return null;
  return best.index === states.length ? current : stateAt(best.index, states, current);
}

function stateAt(index: number, states: readonly RecentState[], current: Document): Document {
  const later = states.slice(index + 1).filter(({ isSaved }) => !isSaved);
  const diffs = [...later.reverse(), ...states.slice(index, index + 1)];
  return applyDiffs(
    current,
    diffs.map(({ differs }) => differs),
  );
}

/** How many fields `edited` differs in from each of the states and, last, from `current`. */
function distancesOf(
  edited: Document,
  current: Document,
  states: readonly RecentState[],
): readonly number[] {
  const measure = measureDistance(edited, current);
  const distances = [measure.distance()];
  for (const { differs, isSaved } of [...states].reverse()) {
    const undo = measure.move(differs);
    distances.push(measure.distance());
    if (isSaved) undo();
  }
  return distances.reverse();
}
