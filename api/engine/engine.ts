import type { RowWrite, WriteResult } from "#api/writes/run-write.ts";
import type { HistoryPage } from "#contract/history.ts";
import type { IdempotencyKey } from "#sync/server";
import type { Relay } from "./relay.ts";
import type { RowStore } from "./row-store.ts";

/**
 * The seam between HTTP and storage: what stores the rows of a workspace durably. Outside the room of an engine,
 * nothing of the API knows how.
 */
export interface Engine {
  /** The rows as last committed, in memory. */
  readonly store: RowStore;
  /** To the other processes that serve these rows. Null where there is only this one. */
  readonly relay: Relay | null;
  /** Resolves when the write is durable or refused; never rejects. */
  submit(write: RowWrite, key?: IdempotencyKey): Promise<WriteResult>;
  /** Why the rows in memory may be behind what is stored, in one line. Null when they are not. */
  behind(): string | null;
  load(): Load;
  /** Writes to an account before a revision, newest first. */
  readHistory(accountId: string, before: number, limit: number): Promise<HistoryPage>;
  /** Resolves when every submitted write is answered and the storage is released. */
  close(): Promise<void>;
}

export interface Load {
  /** Writes that wait for a turn. */
  readonly queued: number;
  /** Changes that the storage had and the rows in memory had not, when it was last looked. */
  readonly lag: number;
}
