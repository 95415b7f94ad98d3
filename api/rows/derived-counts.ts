import { createTimes, createTimesOver, type Times } from "./activity-times.ts";
import { type Document, entriesOf, type Row } from "./document.ts";
import { servedTime } from "./time.ts";

/** What the server derives of an account from its activities. */
export interface Counts {
  readonly pinnedCount: number;
  readonly activityCount: number;
  /** The `at` of its latest activity as it is served; "" for none, which sorts before all times. */
  readonly lastActivityAt: string;
}

/** The derived counts of all accounts. */
export interface DerivedCounts {
  of(accountId: string): Counts;
  /** The times of the activities of an account, in ascending order. Not to be kept: it changes. */
  timesOf(accountId: string): readonly string[];
}

/** Counts that are adjusted activity by activity instead of counted anew. */
export interface KeptCounts extends Pick<DerivedCounts, "of"> {
  adjust(before: Row | undefined, after: Row | undefined): void;
}

interface Numbers {
  readonly pinnedCount: number;
  readonly activityCount: number;
}

const nothing: Numbers = { pinnedCount: 0, activityCount: 0 };

/** Counts the activities of a document. */
export function countActivities(document: Document): KeptCounts & DerivedCounts {
  const times = new Map<string, ReturnType<typeof createTimes>>();
  const counts = createCounts(
    () => nothing,
    (accountId) => {
      const known = times.get(accountId) ?? createTimes();
      times.set(accountId, known);
      return known;
    },
    (accountId) => times.get(accountId)?.latest() ?? "",
  );
  for (const entry of entriesOf(document, "activities").values()) {
    counts.adjust(undefined, entry.row);
  }
  return { ...counts, timesOf: (accountId) => times.get(accountId)?.all() ?? [] };
}

/** Counts that begin as `base` and leave it as it is. Their size is that of what is adjusted. */
export function createCountsOver(base: DerivedCounts): KeptCounts {
  const times = new Map<string, Times>();
  return createCounts(
    base.of,
    (accountId) => {
      const known = times.get(accountId) ?? createTimesOver(base.timesOf(accountId));
      times.set(accountId, known);
      return known;
    },
    (accountId) => times.get(accountId)?.latest() ?? base.of(accountId).lastActivityAt,
  );
}

function createCounts(
  baseOf: (accountId: string) => Numbers,
  timesOf: (accountId: string) => Times,
  latestOf: (accountId: string) => string,
): KeptCounts {
  const changed = new Map<string, Numbers>();
  const numbersOf = (accountId: string) => changed.get(accountId) ?? baseOf(accountId);

  function count({ accountId, pinned }: Row, by: 1 | -1): void {
    const { pinnedCount, activityCount } = numbersOf(String(accountId));
    changed.set(String(accountId), {
      pinnedCount: pinnedCount + (pinned === true ? by : 0),
      activityCount: activityCount + by,
    });
  }

  return {
    of(accountId) {
      const { pinnedCount, activityCount } = numbersOf(accountId);
      return { pinnedCount, activityCount, lastActivityAt: latestOf(accountId) };
    },
    adjust(before, after) {
      if (before) count(before, -1);
      if (after) count(after, 1);
      // A pin moves nothing in time.
      const isSameTime =
        before && after && before.accountId === after.accountId && before.at === after.at;
      if (isSameTime) return;
      if (before) timesOf(String(before.accountId)).remove(timeOf(before));
      if (after) timesOf(String(after.accountId)).add(timeOf(after));
    },
  };
}

const timeOf = (row: Row) => String(servedTime(row));
