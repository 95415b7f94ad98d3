import * as z from "zod/mini";
import { accountDetailsSchema, derivedAccountSchema, storedAccountSchema } from "#contract/rows.ts";
import { defineQuery } from "./define-query.ts";
import { rowOf, snapshotOf } from "./snapshot.ts";

/** What a change of an activity says of the counts of its account. */
const countsSchema = z.required(derivedAccountSchema, { pinnedCount: true, activityCount: true });

/** One account with its counts, which every activity moves: half a minute. */
export const accountQuery = defineQuery({
  kind: "account",
  schema: snapshotOf({
    row: accountDetailsSchema,
    /** The revision of the counts, where a change brought them since the row was read. */
    countsAt: z.exactOptional(z.int()),
  }),
  async read({ api, signal }, id: string) {
    const path = `/accounts/${encodeURIComponent(id)}`;
    const { value, asOf } = await api.get(path, accountDetailsSchema, signal);
    return { row: value, asOf };
  },
  select: (data) => data.row,
  effect(change, data, id) {
    if (change.resource === "activities") {
      if (change.parents.accountId !== id) return "none";
      if (change.rev <= (data.countsAt ?? -1)) return "known";
      const counts = countsSchema.safeParse(change.derived?.[`accounts/${id}`]).data;
      // They are as of the change, so those of the latest are right, whatever came between.
      if (!counts) return "stale";
      return { patched: { ...data, row: { ...data.row, ...counts }, countsAt: change.rev } };
    }
    if (change.resource !== "accounts" || change.id !== id) return "none";
    if (change.version <= data.row.version) return "known";
    const row = change.op === "update" ? rowOf(change, storedAccountSchema) : null;
    // A field that the change does not have was taken away; what is derived no change of an account carries.
    return row
      ? { patched: { ...data, row: { ...derivedAccountSchema.parse(data.row), ...row } } }
      : "stale";
  },
  freshFor: 30_000,
  // The details are small and the same in each tab; how much of a feed is loaded is not, and the
  // collections are read too rarely to be worth a message.
  lend: (data, id) => data.row.id === id,
});
