import * as z from "zod/mini";
import { activitySchema } from "#contract/rows.ts";
import type { Change, Effect } from "#sync";
import { defineInfiniteQuery, type PageReadContext, type QueryContext } from "./define-query.ts";
import { type FeedFilter, passesFeedQuery, toFeedQuery } from "./feed-filter.ts";
import {
  type ActivityCursor,
  type ActivityPage,
  type ActivityPages,
  activityCursorSchema,
  activityPageSchema,
  compareActivities,
  cursorAfter,
  findRow,
  insertRow,
  isHeldTwice,
  removeRow,
  replaceRow,
} from "./pages.ts";
import { rowOf } from "./snapshot.ts";

/** `compareActivities`, in json-server's parameters. */
const feedOrder = "&_sort=at,id&_order=desc,desc";

type ServedRow = NonNullable<Change["row"]>;

/** A feed, the most volatile data of the app: ten seconds. */
const feed = {
  page: activityPageSchema,
  cursor: activityCursorSchema,
  pageSize: 10,
  freshFor: 10_000,
  cursorAfter,
};

/** All of an account's activities. */
export const activityQuery = defineInfiniteQuery({
  ...feed,
  kind: "activity",
  read: (context, accountId, cursor, limit) =>
    readPage(context, new URLSearchParams({ accountId }), cursor, limit),
  effect: (change, data, accountId) =>
    effectOnFeed(change, data, accountId, (row) => String(row.accountId) === accountId),
});

/** Those that pass a filter, of an account or of all. The id is the filter, as `toFeedQuery` or `toWeekQuery` writes it. */
export const filteredActivityQuery = defineInfiniteQuery({
  ...feed,
  kind: "filtered activity",
  read: (context, query, cursor, limit) =>
    readPage(context, new URLSearchParams(query), cursor, limit),
  effect(change, data, query) {
    const filter = new URLSearchParams(query);
    const passes = (row: ServedRow) => passesFeedQuery(filter, row);
    return effectOnFeed(change, data, filter.get("accountId"), passes);
  },
});

/** The feed of an account that passes a filter. */
export function feedQuery(data: QueryContext, accountId: string | null, filter: FeedFilter) {
  const query = accountId === null ? null : toFeedQuery(accountId, filter);
  return query === null ? activityQuery(data, accountId) : filteredActivityQuery(data, query);
}

async function readPage(
  { api, signal, loaded }: PageReadContext<ActivityPage>,
  filter: URLSearchParams,
  cursor: ActivityCursor | null,
  limit: number,
): Promise<ActivityPage> {
  const query = new URLSearchParams(filter);
  // Never later than what the filter lets pass: the cursor is one of its rows.
  if (cursor) query.set("at_lte", cursor.at);
  query.set("_limit", String(limit + (cursor?.tied ?? 0)));
  const ask = (order: string) =>
    api.get(`/activities?${query}${order}`, z.array(activitySchema), signal);
  // Our API answers in this order by itself; a plain json-server, in the order of its file.
  const order = api.keepsLog === false ? feedOrder : "";
  let answer = await ask(order);
  if (!answer.asOf && !order) answer = await ask(feedOrder);
  // One that was moved here since it was loaded is left out: the change that moved it brings it in order.
  const rows = answer.value.filter(
    (row) => !cursor || (compareActivities(cursor, row) < 0 && !findRow(loaded, row.id)),
  );
  return { rows, more: (answer.total ?? 0) > answer.value.length, asOf: answer.asOf };
}

/** A row is patched at its place in the loaded pages; one beyond them is not held yet. */
function effectOnFeed(
  change: Change,
  data: ActivityPages,
  /** Null for a feed of all accounts. */
  accountId: string | null,
  passes: (row: ServedRow) => boolean,
): Effect {
  if (change.resource !== "activities") return "none";
  const { at } = change.row ?? {};
  const held = findRow(data.pages, change.id, typeof at === "string" ? at : undefined);
  const isOurs = accountId === null || change.parents.accountId === accountId;
  if (!held && !isOurs) return "none";
  if (held && held.version >= change.version) {
    // A page whose read was tried again comes with the pages before it as they were at the first attempt.
    const again = insertRow(removeRow(data, held.id), held);
    return isHeldTwice(data.pages, held.id) ? patchedTo(again, data) : "known";
  }
  if (change.op === "delete" || !isOurs) return patchedTo(removeRow(data, change.id), data);
  const row = rowOf(change, activitySchema);
  // Without the row, a filter cannot tell whether it passes.
  if (!row || !change.row) return "stale";
  if (!passes(change.row)) {
    return held ? patchedTo(removeRow(data, row.id), data) : "none";
  }
  if (held && compareActivities(held, row) === 0) return { patched: replaceRow(data, row) };
  return patchedTo(insertRow(held ? removeRow(data, row.id) : data, row), data);
}

function patchedTo(patched: ActivityPages, data: ActivityPages): Effect {
  if (patched === data) return "known";
  // Without a row there is no cursor for the next page.
  const isStranded =
    patched.pages.every((page) => page.rows.length === 0) && (patched.pages.at(-1)?.more ?? false);
  return isStranded ? "stale" : { patched };
}
