import { type Document, entriesOf, type Row } from "./document.ts";

export interface Counts {
  readonly pinnedCount: number;
  readonly activityCount: number;
}

const nothing: Counts = { pinnedCount: 0, activityCount: 0 };

/** The derived counts of all accounts, updated row by row instead of counted anew. */
export interface DerivedCounts {
  of(accountId: string): Counts;
  adjust(before: Row | undefined, after: Row | undefined): void;
}

export function createDerivedCounts(document: Document): DerivedCounts {
  const counts = new Map<string, Counts>();

  function add(row: Row, by: 1 | -1): void {
    const accountId = String(row.accountId);
    const known = counts.get(accountId) ?? nothing;
    counts.set(accountId, {
      pinnedCount: known.pinnedCount + (row.pinned === true ? by : 0),
      activityCount: known.activityCount + by,
    });
  }

  for (const entry of entriesOf(document, "activities").values()) add(entry.row, 1);
  return {
    of: (accountId) => counts.get(accountId) ?? nothing,
    adjust(before, after) {
      if (before) add(before, -1);
      if (after) add(after, 1);
    },
  };
}
