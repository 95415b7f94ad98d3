import type { Change } from "../wire/change.ts";

/** The latest changes, in memory. Revisions have no gaps, so the position of a change is computed, not searched. */
export interface RecentChanges {
  append(changes: readonly Change[]): void;
  /** The changes after `rev`, oldest first, at most `limit`; `null` for a `rev` before the first of them or after the head. */
  since(rev: number, limit?: number): readonly Change[] | null;
  /** The change that made a revision; `undefined` for one that is forgotten. */
  find(rev: number): Change | undefined;
  head(): number;
  /** Begins anew at a head. */
  reset(head: number, changes: readonly Change[]): void;
  all(): readonly Change[];
}

export function createRecentChanges(options: {
  head: number;
  changes: readonly Change[];
  /** How many changes are held. */
  limit: number;
}): RecentChanges {
  let head = options.head;
  let latest = options.changes.slice(-options.limit);
  return {
    append(changes) {
      const last = changes.at(-1);
      if (!last) return;
      head = last.rev;
      latest.push(...changes);
      // Trimmed in steps, not at every commit.
      if (latest.length > options.limit * 1.2) latest = latest.slice(-options.limit);
    },
    since(rev, limit = Number.POSITIVE_INFINITY) {
      const missed = head - rev;
      if (missed < 0 || missed > latest.length) return null;
      const start = latest.length - missed;
      return latest.slice(start, Math.min(latest.length, start + limit));
    },
    find: (rev) => latest[latest.length - 1 - (head - rev)],
    head: () => head,
    reset(newHead, changes) {
      head = newHead;
      latest = changes.slice(-options.limit);
    },
    all: () => latest.slice(-options.limit),
  };
}
