import type { Change } from "#sync/http";

/** The last changes, in memory. Revisions follow each other without a hole, so a place is arithmetic. */
export interface ChangeLog {
  append(changes: readonly Change[]): void;
  /** What came after `rev`, oldest first, at most `limit`; `null` when that is not known any more, or not yet. */
  since(rev: number, limit?: number): readonly Change[] | null;
  head(): number;
  all(): readonly Change[];
}

export function createChangeLog(options: {
  head: number;
  changes: readonly Change[];
  limit: number;
}): ChangeLog {
  let head = options.head;
  let kept = options.changes.slice(-options.limit);
  return {
    append(changes) {
      const last = changes.at(-1);
      if (!last) return;
      head = last.rev;
      kept.push(...changes);
      // Trimmed now and then, not at every commit.
      if (kept.length > options.limit * 1.2) kept = kept.slice(-options.limit);
    },
    since(rev, limit = Number.POSITIVE_INFINITY) {
      const missed = head - rev;
      if (missed < 0 || missed > kept.length) return null;
      const start = kept.length - missed;
      return kept.slice(start, Math.min(kept.length, start + limit));
    },
    head: () => head,
    all: () => kept.slice(-options.limit),
  };
}
