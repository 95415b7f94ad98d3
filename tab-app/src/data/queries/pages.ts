import * as z from "zod/mini";
import { type Activity, activitySchema } from "#contract/rows.ts";
import type { Pages } from "./define-query.ts";
import { snapshotOf } from "./snapshot.ts";

/** Some rows of the feed, newest first; `more` where older rows follow. */
export const activityPageSchema = snapshotOf({
  rows: z.array(activitySchema),
  more: z.boolean(),
});
export type ActivityPage = Readonly<z.infer<typeof activityPageSchema>>;

/**
 * The next page begins after the last row held. `at` alone may be shared by several rows, so the `tied`
 * ones of that instant are read again. Rows that come and go before the cursor shift nothing, which a page
 * number could not promise.
 */
export const activityCursorSchema = z.object({
  at: z.string(),
  id: z.string(),
  tied: z.int(),
});
export type ActivityCursor = Readonly<z.infer<typeof activityCursorSchema>>;

export type ActivityPages = Pages<ActivityPage, ActivityCursor>;

type FeedPosition = Pick<Activity, "at" | "id">;

/** The feed's order, as the API sorts: newest first, then by id. */
export function compareActivities(a: FeedPosition, b: FeedPosition): number {
  return compareText(b.at, a.at) || compareText(b.id, a.id);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The cursor of the page that follows these. Reads no more rows than it has to: it is asked for at each render. */
export function cursorAfter(pages: readonly ActivityPage[]): ActivityCursor | undefined {
  let cursor: ActivityCursor | undefined;
  for (let number = pages.length - 1; number >= 0; number--) {
    for (const { at, id } of pages[number]?.rows.toReversed() ?? []) {
      if (cursor && cursor.at !== at) return cursor;
      cursor = { at, id: cursor?.id ?? id, tied: (cursor?.tied ?? 0) + 1 };
    }
  }
  return cursor;
}

const indexes = new WeakMap<ActivityPage["rows"], ReadonlyMap<string, number>>();

/** The index of a row in a page, -1 where it is not there. Pages are replaced and never changed. */
function indexIn({ rows }: ActivityPage, id: string): number {
  let index = indexes.get(rows);
  if (!index) {
    index = new Map(rows.map((row, at) => [row.id, at]));
    indexes.set(rows, index);
  }
  return index.get(id) ?? -1;
}

/** The row of that id in these pages. Quick where it is at the place that `at` says. */
export function findRow(
  pages: readonly ActivityPage[],
  id: string,
  at?: string,
): Activity | undefined {
  const page = pages[pageOf(pages, id, at)];
  return page?.rows[indexIn(page, id)];
}

export function isHeldTwice(pages: readonly ActivityPage[], id: string): boolean {
  return pages.filter((page) => indexIn(page, id) !== -1).length > 1;
}

/** The number of the first page that has the row, -1 for none. */
function pageOf(pages: readonly ActivityPage[], id: string, at?: string): number {
  const likely = at === undefined ? undefined : pages[placeOf(pages, { at, id })];
  if (likely && indexIn(likely, id) !== -1) return pages.indexOf(likely);
  return pages.findIndex((page) => indexIn(page, id) !== -1);
}

/** The number of the first page whose last row is not before this position. */
function placeOf(pages: readonly ActivityPage[], position: FeedPosition): number {
  let [low, high] = [0, pages.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const last = pages[middle]?.rows.at(-1);
    if (last && compareActivities(last, position) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Inserts a row at its place. Returns the same pages where that place is beyond the loaded ones. */
export function insertRow(data: ActivityPages, row: Activity): ActivityPages {
  const last = data.pages.length - 1;
  for (const [number, page] of data.pages.entries()) {
    const isEnd = number === last && !page.more;
    const oldest = page.rows.at(-1);
    if (!isEnd && (!oldest || compareActivities(row, oldest) >= 0)) continue;
    const at = page.rows.findIndex((other) => compareActivities(row, other) < 0);
    const rows = page.rows.toSpliced(at === -1 ? page.rows.length : at, 0, row);
    return { ...data, pages: data.pages.with(number, { ...page, rows }) };
  }
  return data;
}

/** Removes a row from all pages: a later page may hold it at its new place, an earlier one at its old. */
export function removeRow(data: ActivityPages, id: string): ActivityPages {
  const holds = (page: ActivityPage) => indexIn(page, id) !== -1;
  if (!data.pages.some(holds)) return data;
  const pages = data.pages.map((page) =>
    holds(page) ? { ...page, rows: page.rows.filter((row) => row.id !== id) } : page,
  );
  return { ...data, pages };
}

export function replaceRow(data: ActivityPages, row: Activity): ActivityPages {
  const number = pageOf(data.pages, row.id, row.at);
  const page = data.pages[number];
  if (!page) return data;
  const rows = page.rows.with(indexIn(page, row.id), row);
  return { ...data, pages: data.pages.with(number, { ...page, rows }) };
}
