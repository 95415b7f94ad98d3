import { type Document, entriesOf, type Row } from "./document.ts";

export interface Counts {
  readonly pinnedCount: number;
  readonly activityCount: number;
}

const nothing: Counts = { pinnedCount: 0, activityCount: 0 };

/** The derived counts of all accounts. */
export interface DerivedCounts {
  of(accountId: string): Counts;
}

/** Counts that are adjusted activity by activity instead of counted anew. */
export interface KeptCounts extends DerivedCounts {
  adjust(before: Row | undefined, after: Row | undefined): void;
}

/** Counts the activities of a document. */
export function countActivities(document: Document): KeptCounts {
  const counts = createCountsOver({ of: () => nothing });
  for (const entry of entriesOf(document, "activities").values()) {
    counts.adjust(undefined, entry.row);
  }
  return counts;
}

/** Counts that begin as `base` and leave it as it is. Their size is that of what is adjusted. */
export function createCountsOver(base: DerivedCounts): KeptCounts {
  const counts = new Map<string, Counts>();
  const of = (accountId: string) => counts.get(accountId) ?? base.of(accountId);

  function add(row: Row, by: 1 | -1): void {
    const accountId = String(row.accountId);
    const { pinnedCount, activityCount } = of(accountId);
    counts.set(accountId, {
      pinnedCount: pinnedCount + (row.pinned === true ? by : 0),
      activityCount: activityCount + by,
    });
  }

  return {
    of,
    adjust(before, after) {
      if (before) add(before, -1);
      if (after) add(after, 1);
    },
  };
}
