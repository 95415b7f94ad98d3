import type { Change } from "#sync/change.ts";
import { type ChangeLog, createChangeLog } from "./change-log.ts";
import type { Document } from "./document.ts";
import { createKeptAnswers, type KeptAnswer, type KeptAnswers } from "./kept-answers.ts";
import type { Logged } from "./log-format.ts";

const keptAnswers = 1_000;
const answerAgeMs = 24 * 60 * 60 * 1000;

export interface State {
  readonly epoch: string;
  readonly rev: number;
  readonly document: Document;
}

/** Whether the data file can be used; `broken` says what is wrong with it, in plain words. */
export type FileState = "ok" | { readonly broken: string };

export interface StoreListener {
  /** State and log are those after the changes. */
  changed?(changes: readonly Change[], before: Document): void;
  file?(file: FileState): void;
}

/** What the API knows, and who wants to hear of it. Only the commit loop and hand edits change it. */
export interface Store {
  state(): State;
  file(): FileState;
  readonly log: ChangeLog;
  readonly answers: KeptAnswers;
  adopt(
    next: { rev: number; document: Document },
    changes: readonly Change[],
    answers?: readonly KeptAnswer[],
  ): void;
  setFile(file: FileState): void;
  /** Returns its own undo. */
  subscribe(listener: StoreListener): () => void;
}

export function createStore(
  loaded: Omit<Logged, "hash">,
  options: { now: () => number; log: (line: string) => void; maxChanges: number },
): Store {
  let state: State = { epoch: loaded.epoch, rev: loaded.rev, document: loaded.document };
  let file: FileState = "ok";
  const listeners = new Set<StoreListener>();
  const log = createChangeLog({
    head: loaded.rev,
    changes: loaded.changes,
    limit: options.maxChanges,
  });
  const answers = createKeptAnswers({
    answers: loaded.answers,
    limit: keptAnswers,
    maxAgeMs: answerAgeMs,
    now: options.now,
  });

  function tell(call: (listener: StoreListener) => void): void {
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
