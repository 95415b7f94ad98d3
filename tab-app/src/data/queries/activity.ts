import { infiniteQueryOptions, skipToken } from "@tanstack/react-query";
import * as z from "zod";
import { activitySchema } from "#contract/rows.ts";
import type { Api } from "#data/server/api.ts";
import type { Change, Effect } from "#sync";
import { type Freshness, freshFor } from "./freshness.ts";
import { createPageReader } from "./page-reader.ts";
import {
  type ActivityCursor,
  type ActivityPage,
  type ActivityPages,
  compareActivities,
  insertRow,
  removeRow,
  replaceRow,
} from "./pages.ts";
import { rowOf } from "./rows.ts";

export const pageSize = 10;

/** `compareActivities`, for json-server. */
const feedOrder = "&_sort=at,id&_order=desc,desc";

export const activityKey = (accountId: string | null) => ["activity", accountId] as const;

/** An account's feed. The most volatile data there is: ten seconds. */
export function activityQuery(api: Api, freshness: Freshness, accountId: string | null) {
  return infiniteQueryOptions({
    queryKey: activityKey(accountId),
    queryFn: accountId === null ? skipToken : createPageReader(pageSize, readActivity),
    initialPageParam: null as ActivityCursor,
    getNextPageParam: (last: ActivityPage, pages: readonly ActivityPage[]) =>
      last.more ? cursorAfter(pages) : undefined,
    ...freshFor(10_000, freshness),
  });

  async function readActivity(
    cursor: ActivityCursor,
    limit: number,
    signal: AbortSignal,
  ): Promise<ActivityPage> {
    const query = new URLSearchParams({ accountId: accountId ?? "" });
    if (cursor) query.set("at_lte", cursor.at);
    query.set("_limit", String(limit + (cursor?.tied ?? 0)));
    const ask = (order: string) =>
      api.get(`/activities?${query}${order}`, z.array(activitySchema), signal);
    // Our API answers in this order unasked; a plain json-server, as the rows stand in its file.
    const order = api.keepsLog === false ? feedOrder : "";
    let answer = await ask(order);
    if (!answer.asOf && !order) answer = await ask(feedOrder);
    const rows = answer.value.filter(
      (row) => !cursor || (compareActivities(cursor, row) < 0 && !cursor.held.includes(row.id)),
    );
    return { rows, more: (answer.total ?? 0) > answer.value.length, asOf: answer.asOf };
  }
}

function cursorAfter(pages: readonly ActivityPage[]): ActivityCursor | undefined {
  const rows = pages.flatMap((page) => page.rows);
  const last = rows.at(-1);
  if (!last) return undefined;
  const { at, id } = last;
  const tied = rows.filter((row) => row.at === at).length;
  return { at, id, tied, held: rows.map((row) => row.id) };
}

/** A row is patched where it stands in the loaded pages; one beyond them is no matter yet. */
export function effectOnActivity(change: Change, accountId: string, data: ActivityPages): Effect {
  if (change.resource !== "activities") return "none";
  const held = data.pages.flatMap((page) => page.rows).find((row) => row.id === change.id);
  const isOurs = change.parents.accountId === accountId;
  if (!held && !isOurs) return "none";
  if (held && held.version >= change.version) return "known";
  if (change.op === "delete" || !isOurs) return patchedTo(removeRow(data, change.id), data);
  const row = rowOf(change, activitySchema);
  if (!row) return "stale";
  if (held && compareActivities(held, row) === 0) return { patched: replaceRow(data, row) };
  return patchedTo(insertRow(held ? removeRow(data, row.id) : data, row), data);
}

function patchedTo(patched: ActivityPages, data: ActivityPages): Effect {
  if (patched === data) return "known";
  // With no row left there is no cursor to go on from.
  const isStranded = patched.pages.every((page) => page.rows.length === 0) && hasMore(patched);
  return isStranded ? "stale" : { patched };
}

function hasMore(data: ActivityPages): boolean {
  return data.pages.at(-1)?.more ?? false;
}
