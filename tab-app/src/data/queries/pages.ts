import * as z from "zod";
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
 * ones of that instant are read again. Rows that do not follow the last one are dropped, and so are rows
 * already `held` that were moved there since: the change that moved them brings them in order. Rows that
 * come and go before the cursor shift nothing, which a page number could not promise.
 */
export const activityCursorSchema = z.object({
  at: z.string(),
  id: z.string(),
  tied: z.int(),
  held: z.array(z.string()),
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

/** Inserts a row at its place. Returns the same pages where that place is beyond the loaded ones. */
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

/** Removes a row from all pages: a later page may hold it at its new place, an earlier one at its old. */
export function removeRow(data: ActivityPages, id: string): ActivityPages {
  const holds = (page: ActivityPage) => page.rows.some((row) => row.id === id);
  if (!data.pages.some(holds)) return data;
  const pages = data.pages.map((page) =>
    holds(page) ? { ...page, rows: page.rows.filter((row) => row.id !== id) } : page,
  );
  return { ...data, pages };
}

export function replaceRow(data: ActivityPages, row: Activity): ActivityPages {
  for (const [number, page] of data.pages.entries()) {
    const at = page.rows.findIndex(({ id }) => id === row.id);
    if (at === -1) continue;
    return { ...data, pages: data.pages.with(number, { ...page, rows: page.rows.with(at, row) }) };
  }
  return data;
}
