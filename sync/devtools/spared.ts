import { isWrite } from "./marks.ts";
import type { Recorded, Recording } from "./recorder.ts";

/** The requests that changes led to in one tab, and what they would have been by invalidation. */
export interface Spared {
  readonly tab: string;
  readonly changes: number;
  /** Reads that a change led to, and catch-ups. */
  readonly made: number;
  /** Each change invalidates the mounted queries that it touches. */
  readonly textbook: number;
  /** Each change invalidates all that is mounted. */
  readonly everything: number;
}

export interface SparedReport {
  /** The first change that could be counted; null before there was one. */
  readonly since: number | null;
  readonly tabs: readonly Spared[];
  readonly total: Omit<Spared, "tab">;
}

/**
 * Replays the two usual ways on the same changes. Only those count that arrived while the tab was looked at: what
 * it held before is not known. First loads, "load more" and the writes themselves are the same in every way.
 */
export function countSpared({ entries }: Pick<Recording, "entries">): SparedReport {
  const priced = entries.filter(({ cost }) => cost);
  const since = priced.length === 0 ? null : Math.min(...priced.map(({ entry }) => entry.at));
  const tabs = [...new Set(priced.map(({ tab }) => tab))].sort().map((tab): Spared => {
    const changes = priced.filter((each) => each.tab === tab);
    const first = Math.min(...changes.map(({ entry }) => entry.at));
    return {
      tab,
      changes: changes.length,
      // A read of the first change may have begun in the same moment.
      made: entries.filter(
        (each) => each.tab === tab && isDueTo(each) && each.entry.at >= first - 50,
      ).length,
      textbook: sum(changes.map(({ cost }) => cost?.textbook ?? 0)),
      everything: sum(changes.map(({ cost }) => cost?.everything ?? 0)),
    };
  });
  const total = {
    changes: sum(tabs.map(({ changes }) => changes)),
    made: sum(tabs.map(({ made }) => made)),
    textbook: sum(tabs.map(({ textbook }) => textbook)),
    everything: sum(tabs.map(({ everything }) => everything)),
  };
  return { since, tabs, total };
}

/** Whether a request is the protocol's own doing: not a first load, not asked for by the user, not due to age alone. */
function isDueTo({ entry, ...each }: Recorded): boolean {
  if (entry.type !== "request" || isWrite({ ...each, entry })) return false;
  return !["first load", "load more", "the user"].includes(entry.cause);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
