import * as z from "zod";
import { activitySchema } from "#contract/rows.ts";
import type { Effect } from "#sync";
import { defineInfiniteQuery } from "./define-query.ts";
import {
  type ActivityPages,
  activityCursorSchema,
  activityPageSchema,
  compareActivities,
  insertRow,
  removeRow,
  replaceRow,
} from "./pages.ts";
import { rowOf } from "./snapshot.ts";

/** `compareActivities`, in json-server's parameters. */
const feedOrder = "&_sort=at,id&_order=desc,desc";

/** An account's feed, the most volatile data of the app: ten seconds. */
export const activityQuery = defineInfiniteQuery({
  kind: "activity",
  page: activityPageSchema,
  cursor: activityCursorSchema,
  pageSize: 10,
  async read({ api, signal }, accountId, cursor, limit) {
    const query = new URLSearchParams({ accountId });
    if (cursor) query.set("at_lte", cursor.at);
    query.set("_limit", String(limit + (cursor?.tied ?? 0)));
    const ask = (order: string) =>
      api.get(`/activities?${query}${order}`, z.array(activitySchema), signal);
    // Our API answers in this order by itself; a plain json-server, in the order of its file.
    const order = api.keepsLog === false ? feedOrder : "";
    let answer = await ask(order);
    if (!answer.asOf && !order) answer = await ask(feedOrder);
    const rows = answer.value.filter(
      (row) => !cursor || (compareActivities(cursor, row) < 0 && !cursor.held.includes(row.id)),
    );
    return { rows, more: (answer.total ?? 0) > answer.value.length, asOf: answer.asOf };
  },
  cursorAfter(pages) {
    const rows = pages.flatMap((page) => page.rows);
    const last = rows.at(-1);
    if (!last) return undefined;
    const { at, id } = last;
    const tied = rows.filter((row) => row.at === at).length;
    return { at, id, tied, held: rows.map((row) => row.id) };
  },
  // A row is patched at its place in the loaded pages; one beyond them is not held yet.
  effect(change, data, accountId) {
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
  },
  freshFor: 10_000,
});

function patchedTo(patched: ActivityPages, data: ActivityPages): Effect {
  if (patched === data) return "known";
  // Without a row there is no cursor for the next page.
  const isStranded =
    patched.pages.every((page) => page.rows.length === 0) && (patched.pages.at(-1)?.more ?? false);
  return isStranded ? "stale" : { patched };
}
