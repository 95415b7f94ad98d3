import type { Change } from "../wire/change.ts";
import type { Revision } from "../wire/revision.ts";
import type { IdempotencyKey, KeptAnswer } from "./kept-answers.ts";

/** What a write with an `Idempotency-Key` was answered. */
export interface LoggedAnswer extends KeptAnswer {
  /** What `run` returned: as JSON. */
  readonly value: unknown;
  readonly rev: number;
  /** Those that the write made, without their rows. */
  readonly changes: readonly Change[];
}

/** Where a log stands, and its latest changes. */
export interface StoredLog {
  readonly epoch: string;
  readonly head: number;
  readonly changes: readonly Change[];
}

/** What one write stores: all of it together with what it did on `tx`, or nothing. */
export interface LogEntry {
  readonly changes: readonly Change[];
  readonly answer?: LoggedAnswer | undefined;
}

/** One write on a store. No other one, of any process, comes between it and the revision it was given. */
export interface StoreTurn<Tx> {
  /** The transaction in which the app writes its rows. */
  readonly tx: Tx;
  /** What other processes have stored after `since`; `null` where the log is another one by now. */
  readonly missed: readonly Change[] | null;
  /** The answer to a key of the last 24 hours. */
  findAnswer(key: IdempotencyKey["key"]): Promise<LoggedAnswer | undefined>;
}

/**
 * Where a log is kept. Revisions have no gaps, and become visible in their order: the changes of a write are
 * those after the last one that is stored.
 */
export interface LogStore<Tx = undefined> {
  /** Called first, and where the log is another one by now. At most `limit` changes. */
  open(limit: number): Promise<StoredLog>;
  /**
   * Stores what `run` returns, and is durable when it resolves; nothing where `run` returns null or rejects, and then
   * what it did on `tx` is undone. It is called for one write at a time.
   */
  write(since: Revision, run: (turn: StoreTurn<Tx>) => Promise<LogEntry | null>): Promise<void>;
  /** Rows and revision of one moment. Without it nobody but `write` changes rows, and `tx` is not needed. */
  read?<T>(run: (tx: Tx) => Promise<T>): Promise<{ value: T; revision: Revision }>;
  /** What other processes have stored after a revision; `null` where the log is another one by now. */
  follow?(since: Revision): Promise<readonly Change[] | null>;
  /** Calls when `follow` may have something, and when that could not be heard for a while. Returns the undo. */
  listen?(woken: () => void): () => void;
  close?(): Promise<void>;
}
