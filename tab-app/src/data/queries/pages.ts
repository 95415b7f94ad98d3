import type { InfiniteData } from "@tanstack/react-query";
import type { Activity } from "#contract/rows.ts";
import type { Snapshot } from "#sync";

/** Some rows of the feed, newest first. */
export interface ActivityPage extends Snapshot {
  readonly rows: readonly Activity[];
  /** Whether older rows follow. */
  readonly more: boolean;
}

export type ActivityPages = InfiniteData<ActivityPage, ActivityCursor>;

/**
 * Where the next page begins: after the last row held. `at` alone may be shared by several rows, so
 * the `tied` ones of that instant are asked for again. What does not follow the last row is left out, as
 * are rows already `held` that were moved there meanwhile: the change that did it brings them in order.
 * Rows that come and go before it shift nothing, which a page number could not promise.
 */
export type ActivityCursor = {
  readonly at: string;
  readonly id: string;
  readonly tied: number;
  readonly held: readonly string[];
} | null;

/** What the feed is ordered by. */
type FeedPosition = Pick<Activity, "at" | "id">;

/** The feed's order, as the API sorts: newest first, and by id where the instant is the same. */
export function compareActivities(a: FeedPosition, b: FeedPosition): number {
  return compareText(b.at, a.at) || compareText(b.id, a.id);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Puts a row in its place. The same pages come back when that place is beyond what is loaded. */
export function insertRow(data: ActivityPages, row: Activity): ActivityPages {
  const last = data.pages.length - 1;
  for (const [number, page] of data.pages.entries()) {
    const at = page.rows.findIndex((other) => compareActivities(row, other) < 0);
    const isEnd = number === last && !page.more;
    if (at === -1 && !isEnd) continue;
    const rows = page.rows.toSpliced(at === -1 ? page.rows.length : at, 0, row);
    return { ...data, pages: data.pages.with(number, { ...page, rows }) };
  }
  return data;
}

/** Wherever it stands: a page read later may hold a row in its new place, an earlier one in its old. */
export function removeRow(data: ActivityPages, id: string): ActivityPages {
  const holds = (page: ActivityPages["pages"][number]) => page.rows.some((row) => row.id === id);
  if (!data.pages.some(holds)) return data;
  const pages = data.pages.map((page) =>
    holds(page) ? { ...page, rows: page.rows.filter((row) => row.id !== id) } : page,
  );
  return { ...data, pages };
}

export function replaceRow(data: ActivityPages, row: Activity): ActivityPages {
  return mapPageOf(data, row.id, (rows, at) => rows.with(at, row));
}

function mapPageOf(
  data: ActivityPages,
  id: string,
  change: (rows: readonly Activity[], at: number) => readonly Activity[],
): ActivityPages {
  for (const [number, page] of data.pages.entries()) {
    const at = page.rows.findIndex((row) => row.id === id);
    if (at === -1) continue;
    const rows = change(page.rows, at);
    return { ...data, pages: data.pages.with(number, { ...page, rows }) };
  }
  return data;
}
