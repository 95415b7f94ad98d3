import { countActivities, type DerivedCounts } from "#api/rows/derived-counts.ts";
import { type Document, entriesOf } from "#api/rows/document.ts";
import {
  createIdempotentAnswers,
  type IdempotentAnswer,
  type IdempotentAnswers,
} from "#api/writes/idempotency.ts";
import type { Change } from "#sync/http";
import { type ChangeLog, createChangeLog } from "./change-log.ts";

const maxAnswers = 1_000;
const maxAnswersSize = 8_000_000;
const answerAgeMs = 24 * 60 * 60 * 1000;

/** The rows at a revision. */
export interface State {
  readonly epoch: string;
  readonly rev: number;
  readonly document: Document;
}

/** What a store starts with, and all of it that outlives a restart. */
export interface SavedState extends State {
  readonly changes: readonly Change[];
  readonly answers: readonly IdempotentAnswer[];
}

/** Whether the data file can be used; `broken` is the reason why not, as one line for a person. */
export type FileState = "ok" | { readonly broken: string };

export interface RowStoreListener {
  /** Called after the store has advanced: its state and log include the changes. */
  changed?(changes: readonly Change[], before: Document): void;
  file?(file: FileState): void;
}

/** The committed rows in memory, and its listeners. Only an engine changes it. */
export interface RowStore {
  state(): State;
  file(): FileState;
  /** Of the present state. */
  readonly counts: DerivedCounts;
  readonly log: ChangeLog;
  readonly answers: IdempotentAnswers;
  /** Moves on to the state after a commit, and notifies. */
  advance(
    next: { rev: number; document: Document },
    changes: readonly Change[],
    answers?: readonly IdempotentAnswer[],
  ): void;
  setFile(file: FileState): void;
  /** Returns its own undo. */
  subscribe(listener: RowStoreListener): () => void;
}

export function createRowStore(
  saved: SavedState,
  options: { now: () => number; log: (line: string) => void; maxChanges: number },
): RowStore {
  let state: State = { epoch: saved.epoch, rev: saved.rev, document: saved.document };
  let file: FileState = "ok";
  const listeners = new Set<RowStoreListener>();
  const counts = countActivities(saved.document);
  const log = createChangeLog({
    head: saved.rev,
    changes: saved.changes,
    limit: options.maxChanges,
  });
  const answers = createIdempotentAnswers({
    answers: saved.answers,
    limit: maxAnswers,
    maxSize: maxAnswersSize,
    maxAgeMs: answerAgeMs,
    now: options.now,
  });

  function notify(call: (listener: RowStoreListener) => void): void {
    for (const listener of listeners) {
      try {
        call(listener);
      } catch (error) {
        options.log(`a listener failed: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  function adjustCounts(changes: readonly Change[], before: Document): void {
    const [old, now] = [before, state.document].map((each) => entriesOf(each, "activities"));
    const changed = changes.filter(({ resource }) => resource === "activities");
    for (const id of new Set(changed.map(({ id }) => id))) {
      counts.adjust(old?.get(id)?.row, now?.get(id)?.row);
    }
  }

  return {
    state: () => state,
    file: () => file,
    counts,
    log,
    answers,
    advance(next, changes, newAnswers = []) {
      const before = state.document;
      state = { epoch: state.epoch, rev: next.rev, document: next.document };
      adjustCounts(changes, before);
      log.append(changes);
      answers.add(newAnswers);
      notify((listener) => listener.changed?.(changes, before));
    },
    setFile(next) {
      if (JSON.stringify(next) === JSON.stringify(file)) return;
      file = next;
      notify((listener) => listener.file?.(next));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
