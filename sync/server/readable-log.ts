import type { Change } from "../wire/change.ts";
import type { Revision } from "../wire/revision.ts";

/** What catch-up and change stream need of a log. `createLog` makes one; a server with a log of its own has this slice of it. */
export interface ReadableLog {
  /** Where it stands. */
  revision(): Revision;
  /**
   * The changes after `rev`, oldest first and without a gap, at most `limit`; `null` where it does not reach back, and
   * for what is after the head.
   */
  since(rev: number, limit?: number): readonly Change[] | null;
  /** Why changes may be missing here; null when none are. */
  trouble?(): string | null;
  /** Looks for what leads to a revision that a reader has from another process. */
  reach?(rev: number): Promise<void>;
  /** Returns the undo. */
  subscribe(listener: LogListener): () => void;
}

export interface LogListener {
  /** The log has gone on: `since` has the changes. */
  changed?(changes: readonly Change[]): void;
  /** The log has begun anew, under another epoch. */
  restarted?(): void;
  /** Why changes may be missing here; null when none are any more. */
  trouble?(detail: string | null): void;
}
