import { accountQuery, accountsQuery } from "./accounts.ts";
import { activityQuery, pinActivity } from "./activity.ts";
import type { Api } from "./api.ts";
import { usersQuery } from "./users.ts";

/** All that features can ask for, as options for react-query's hooks. */
export function createData(api: Api) {
  return {
    accounts: () => accountsQuery(api),
    account: (id: string | null) => accountQuery(api, id),
    activity: (accountId: string | null) => activityQuery(api, accountId),
    users: () => usersQuery(api),
    pinActivity: (activityId: string) => pinActivity(api, activityId),
  };
}

export type Data = ReturnType<typeof createData>;
