import { accountQuery, accountsQuery } from "./accounts.ts";
import { activityQuery, pinActivity } from "./activity.ts";
import type { Api } from "./api.ts";
import type { Freshness } from "./freshness.ts";
import { usersQuery } from "./users.ts";

/** All that features can ask for, as options for react-query's hooks. */
export function createData(api: Api, freshness: Freshness) {
  return {
    accounts: () => accountsQuery(api, freshness),
    account: (id: string | null) => accountQuery(api, freshness, id),
    activity: (accountId: string | null) => activityQuery(api, freshness, accountId),
    users: () => usersQuery(api, freshness),
    pinActivity: (activityId: string) => pinActivity(api, activityId),
  };
}

export type Data = ReturnType<typeof createData>;
