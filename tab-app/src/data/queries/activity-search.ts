import * as z from "zod/mini";
import { activitySchema } from "#contract/rows.ts";
import { defineQuery } from "./define-query.ts";
import { passesFeedQuery } from "./feed-filter.ts";
import { snapshotOf } from "./snapshot.ts";

/** An activity, and the account that it is of. */
const foundSchema = z.extend(activitySchema, {
  account: z.optional(z.object({ name: z.string() })),
});
export type FoundActivity = z.infer<typeof foundSchema>;

/** Rows that are shown of what was found: the newest. */
const limit = 8;

/**
 * The newest activities, of all accounts, in which a text occurs. The id is the text. It is read again only where a
 * change may move what is shown: that of a row that is shown, or of one that has the text now.
 */
export const activitySearchQuery = defineQuery({
  kind: "activity search",
  schema: snapshotOf({ rows: z.array(foundSchema) }),
  persist: false,
  async read({ api, signal }, text: string) {
    const query = new URLSearchParams({ q: text, _expand: "account", _limit: String(limit) });
    // Our API answers in this order by itself.
    if (api.keepsLog === false) {
      query.set("_sort", "at,id");
      query.set("_order", "desc,desc");
    }
    const { value, asOf } = await api.get(`/activities?${query}`, z.array(foundSchema), signal);
    return { rows: value, asOf };
  },
  select: (data) => data.rows,
  effect(change, data, text) {
    if (change.resource === "accounts")
      return data.rows.some(({ accountId }) => accountId === change.id) ? "stale" : "none";
    if (change.resource !== "activities") return "none";
    const held = data.rows.find(({ id }) => id === change.id);
    if (held) return held.version >= change.version ? "known" : "stale";
    if (change.op === "delete") return "none";
    // Without the row, nobody can tell whether it has the text.
    if (!change.row) return "stale";
    return passesFeedQuery(new URLSearchParams({ q: text }), change.row) ? "stale" : "none";
  },
  // Shown for as long as somebody types.
  freshFor: 10_000,
});
