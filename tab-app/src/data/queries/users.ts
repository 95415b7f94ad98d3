import { queryOptions } from "@tanstack/react-query";
import * as z from "zod";
import { type User, userSchema } from "#contract/rows.ts";
import type { Api } from "#data/server/api.ts";
import type { Change, Effect } from "#sync";
import { type Freshness, freshFor } from "./freshness.ts";
import { effectOnRows, type Rows } from "./rows.ts";

export const usersKey = ["users"] as const;

/** The people who own accounts and write activities. They hardly ever change: an hour. */
export function usersQuery(api: Api, freshness: Freshness) {
  return queryOptions({
    queryKey: usersKey,
    queryFn: async ({ signal }): Promise<Rows<User>> => {
      const { value, asOf } = await api.get("/users", z.array(userSchema), signal);
      return { rows: value, asOf };
    },
    select: (data) => data.rows,
    ...freshFor(3_600_000, freshness),
  });
}

export function effectOnUsers(change: Change, data: Rows<User>): Effect {
  return change.resource === "users" ? effectOnRows(change, data, userSchema) : "none";
}
