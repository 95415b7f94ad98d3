import type { Logged } from "#api/file/log-format.ts";
import type { Document } from "#api/rows/document.ts";
import {
  createIdempotentAnswers,
  type IdempotentAnswer,
  type IdempotentAnswers,
} from "#api/writes/idempotency.ts";
import type { Change } from "#sync/http";
import { type ChangeLog, createChangeLog } from "./change-log.ts";

const maxAnswers = 1_000;
const answerAgeMs = 24 * 60 * 60 * 1000;

export interface State {
  readonly epoch: string;
  readonly rev: number;
  readonly document: Document;
}

/** Whether the data file can be used; `broken` says what is wrong with it, in plain words. */
export type FileState = "ok" | { readonly broken: string };

export interface RowStoreListener {
  /** State and log are those after the changes. */
  changed?(changes: readonly Change[], before: Document): void;
  file?(file: FileState): void;
}

/** What the API knows, and who wants to hear of it. Only the commit loop and hand edits change it. */
export interface RowStore {
  state(): State;
  file(): FileState;
  readonly log: ChangeLog;
  readonly answers: IdempotentAnswers;
  adopt(
    next: { rev: number; document: Document },
    changes: readonly Change[],
    answers?: readonly IdempotentAnswer[],
  ): void;
  setFile(file: FileState): void;
  /** Returns its own undo. */
  subscribe(listener: RowStoreListener): () => void;
}

export function createRowStore(
  loaded: Omit<Logged, "hash">,
  options: { now: () => number; log: (line: string) => void; maxChanges: number },
): RowStore {
  let state: State = { epoch: loaded.epoch, rev: loaded.rev, document: loaded.document };
  let file: FileState = "ok";
  const listeners = new Set<RowStoreListener>();
  const log = createChangeLog({
    head: loaded.rev,
    changes: loaded.changes,
    limit: options.maxChanges,
  });
  const answers = createIdempotentAnswers({
    answers: loaded.answers,
    limit: maxAnswers,
    maxAgeMs: answerAgeMs,
    now: options.now,
  });

  function tell(call: (listener: RowStoreListener) => void): void {
    for (const listener of listeners) {
      try {
        call(listener);
      } catch (error) {
        options.log(`a listener failed: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  return {
    state: () => state,
    file: () => file,
    log,
    answers,
    adopt(next, changes, kept = []) {
      const before = state.document;
      state = { epoch: state.epoch, rev: next.rev, document: next.document };
      log.append(changes);
      answers.keep(kept);
      tell((listener) => listener.changed?.(changes, before));
    },
    setFile(next) {
      if (JSON.stringify(next) === JSON.stringify(file)) return;
      file = next;
      tell((listener) => listener.file?.(next));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
