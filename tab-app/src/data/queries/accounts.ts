import { queryOptions, skipToken } from "@tanstack/react-query";
import * as z from "zod";
import { type Account, accountDetailsSchema, accountSchema } from "#contract/rows.ts";
import type { Api } from "#data/server/api.ts";
import type { Change, Effect, Snapshot } from "#sync";
import { type Freshness, freshFor } from "./freshness.ts";
import { effectOnRows, type Rows, revisionSchema, rowOf } from "./rows.ts";

const minute = 60_000;

export const accountsKey = ["accounts"] as const;
export const accountKey = (id: string | null) => ["account", id] as const;

/** Every account, in the server's order. Names and plans change rarely: five minutes. */
export function accountsQuery(api: Api, freshness: Freshness) {
  return queryOptions({
    queryKey: accountsKey,
    queryFn: async ({ signal }): Promise<Rows<Account>> => {
      const { value, asOf } = await api.get("/accounts", z.array(accountSchema), signal);
      return { rows: value, asOf };
    },
    select: (data) => data.rows,
    ...freshFor(5 * minute, freshness),
  });
}

/** The list holds nothing derived, so that only a change of an account itself touches it. */
export function effectOnAccounts(change: Change, data: Rows<Account>): Effect {
  return change.resource === "accounts" ? effectOnRows(change, data, accountSchema) : "none";
}

const { pinnedCount, activityCount } = accountDetailsSchema.shape;

/** The counts are our API's own: a plain json-server does not know them. */
export const accountRowSchema = accountDetailsSchema.extend({
  pinnedCount: pinnedCount.exactOptional(),
  activityCount: activityCount.exactOptional(),
});
export type AccountRow = z.infer<typeof accountRowSchema>;

export interface AccountSnapshot extends Snapshot {
  readonly row: AccountRow;
}

/** One that another tab lends. */
export const accountSnapshotSchema = z.object({
  row: accountRowSchema,
  asOf: revisionSchema,
});

/** One account with its counts, which any activity moves: half a minute. */
export function accountQuery(api: Api, freshness: Freshness, id: string | null) {
  return queryOptions({
    queryKey: accountKey(id),
    queryFn:
      id === null
        ? skipToken
        : async ({ signal }): Promise<AccountSnapshot> => {
            const path = `/accounts/${encodeURIComponent(id)}`;
            const { value, asOf } = await api.get(path, accountRowSchema, signal);
            return { row: value, asOf };
          },
    select: (data) => data.row,
    ...freshFor(minute / 2, freshness),
  });
}

/** Its own fields are patched; the counts of its activities only the server knows. */
export function effectOnAccount(change: Change, id: string, data: AccountSnapshot): Effect {
  if (change.resource === "activities") return change.parents.accountId === id ? "stale" : "none";
  if (change.resource !== "accounts" || change.id !== id) return "none";
  if (change.version <= data.row.version) return "known";
  const row = change.op === "update" ? rowOf(change, accountDetailsSchema.omit(counts)) : null;
  return row ? { patched: { ...data, row: { ...data.row, ...row } } } : "stale";
}

const counts = { pinnedCount: true, activityCount: true } as const;
