import { countActivities, type DerivedCounts, type KeptCounts } from "#api/rows/derived-counts.ts";
import { type Document, type Entry, entriesOf, type Part, type Row } from "#api/rows/document.ts";
import { createOverview, type KeptOverview, movesOverview } from "#api/rows/overview.ts";
import type { IdempotentAnswer, IdempotentAnswers } from "#api/writes/idempotent-answer.ts";
import type { RowStep } from "#api/writes/transaction.ts";
import type { Change } from "#sync/http";
import {
  answerAgeMs,
  createKeptAnswers,
  createRecentChanges,
  type RecentChanges,
} from "#sync/server";

const maxAnswers = 1_000;
const maxAnswersSize = 8_000_000;

/** The rows at a revision. The document of the present state changes with it: copy what is to stay. */
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

/** Whether the data file, or the database in its place, can be used; `broken` is the reason why not, as one line for a person. */
export type FileState = "ok" | { readonly broken: string };

/** How a store got from one state to the next. */
export type Moved =
  /** Rows were put in place, in this order: the document is the same object. */
  | { readonly steps: readonly RowStep[] }
  /** The document is another one. The one before is not changed any more. */
  | { readonly before: Document };

export interface RowStoreListener {
  /** Called after the store has advanced: its state and log include the changes. `at` is in milliseconds since 1970. */
  changed?(changes: readonly Change[], moved: Moved, at: number): void;
  /** Called when the store has begun anew, before `changed`: no change leads from the rows before to those of now. */
  restarted?(): void;
  file?(file: FileState): void;
}

/** The committed rows in memory, and its listeners. Only an engine changes it. */
export interface RowStore {
  state(): State;
  file(): FileState;
  /** Of the present state. */
  readonly counts: DerivedCounts;
  /** Of the present state, and the revision at which it last moved, or a later one. */
  readonly overview: Pick<KeptOverview, "read"> & { readonly movedAt: number };
  readonly log: RecentChanges;
  readonly answers: IdempotentAnswers;
  /**
   * Moves on to the state after a commit, and notifies. Steps are put in place, which costs no more than they do; a
   * document replaces the present one. Without `overviewMovedAt` the overview moved at `rev`, if it did; without `at`,
   * in milliseconds since 1970, it is now.
   */
  advance(
    next: { rev: number; overviewMovedAt?: number; at?: number } & (
      | { steps: readonly RowStep[] }
      | { document: Document }
    ),
    changes: readonly Change[],
    answers?: readonly IdempotentAnswer[],
  ): void;
  /** Begins anew with other rows, under their epoch. */
  restart(saved: SavedState): void;
  setFile(file: FileState): void;
  /** Returns its own undo. */
  subscribe(listener: RowStoreListener): () => void;
}

export function createRowStore(
  saved: SavedState,
  options: { now: () => number; log: (line: string) => void; maxChanges: number },
): RowStore {
  let parts = own(saved.document, new Map());
  let state: State = { epoch: saved.epoch, rev: saved.rev, document: parts };
  let file: FileState = "ok";
  const listeners = new Set<RowStoreListener>();
  let present = countActivities(saved.document);
  const counts: KeptCounts & DerivedCounts = {
    of: (accountId) => present.of(accountId),
    timesOf: (accountId) => present.timesOf(accountId),
    adjust: (before, after) => present.adjust(before, after),
  };
  /** Made when it is first read: it costs all rows. */
  let overview: KeptOverview | null = null;
  let movedAt = saved.rev;
  const log = createRecentChanges({
    head: saved.rev,
    changes: saved.changes,
    limit: options.maxChanges,
  });
  const answers = createKeptAnswers<IdempotentAnswer>({
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

  function put({ resource, id, before, after }: RowStep, rev: number): void {
    const part = parts.get(resource);
    const entries = part?.kind === "collection" ? part.entries : new Map<string, Entry>();
    if (part?.kind !== "collection")
      parts.set(resource, { kind: "collection", entries, leftOut: [] });
    if (after) entries.set(id, after);
    else entries.delete(id);
    if (resource === "activities") counts.adjust(before?.row, after?.row);
    moveOverview(resource, before?.row, after?.row, rev);
  }

  function moveOverview(
    resource: string,
    before: Row | undefined,
    after: Row | undefined,
    rev: number,
  ) {
    if (!movesOverview(resource, before, after)) return;
    movedAt = rev;
    overview?.adjust(resource, before, after);
  }

  function replace(document: Document, changes: readonly Change[], rev: number): Document {
    const before = parts;
    parts = own(document, before);
    const rows = new Map(changes.map((change) => [`${change.resource}/${change.id}`, change]));
    for (const { resource, id } of rows.values()) {
      const [old, now] = [before, parts].map((each) => entriesOf(each, resource).get(id)?.row);
      if (resource === "activities") counts.adjust(old, now);
      moveOverview(resource, old, now, rev);
    }
    return before;
  }

  return {
    state: () => state,
    file: () => file,
    counts,
    overview: {
      read(...asked) {
        overview ??= createOverview(parts);
        return overview.read(...asked);
      },
      get movedAt() {
        return movedAt;
      },
    },
    log,
    answers,
    advance(next, changes, newAnswers = []) {
      let moved: Moved;
      if ("steps" in next) {
        for (const step of next.steps) put(step, next.rev);
        moved = { steps: next.steps };
      } else moved = { before: replace(next.document, changes, next.rev) };
      movedAt = next.overviewMovedAt ?? movedAt;
      state = { epoch: state.epoch, rev: next.rev, document: parts };
      log.append(changes);
      answers.add(newAnswers);
      const at = next.at ?? options.now();
      notify((listener) => listener.changed?.(changes, moved, at));
    },
    restart(next) {
      const before = parts;
      parts = own(next.document, new Map());
      present = countActivities(next.document);
      overview = null;
      movedAt = next.rev;
      state = { epoch: next.epoch, rev: next.rev, document: parts };
      log.reset(next.rev, next.changes);
      answers.add(next.answers);
      notify((listener) => listener.restarted?.());
      notify((listener) => listener.changed?.([], { before }, options.now()));
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

type OwnPart =
  | Exclude<Part, { kind: "collection" }>
  | (Extract<Part, { kind: "collection" }> & { readonly entries: Map<string, Entry> });

/** Copies a document, so that rows can be put in it. Parts that are ours already are taken as they are. */
function own(document: Document, ours: ReadonlyMap<string, OwnPart>): Map<string, OwnPart> {
  const parts = new Map<string, OwnPart>();
  for (const [name, part] of document) {
    const known = ours.get(name);
    if (known === part) parts.set(name, known);
    else if (part.kind !== "collection") parts.set(name, part);
    else parts.set(name, { ...part, entries: new Map(part.entries) });
  }
  return parts;
}
