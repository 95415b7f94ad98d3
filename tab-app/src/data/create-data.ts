import { accountQuery, accountsQuery } from "./accounts.ts";
import { activityQuery } from "./activity.ts";
import type { Api } from "./api.ts";
import type { Freshness } from "./freshness.ts";
import type { Drafts } from "./kept/drafts.ts";
import type { Keeper } from "./kept/keeper.ts";
import type { Presence } from "./presence.ts";
import type { SessionStore } from "./session.ts";
import { usersQuery } from "./users.ts";
import type { Outbox } from "./writes/outbox.ts";

export interface DataOptions {
  api: Api;
  freshness: Freshness;
  outbox: Outbox;
  drafts: Drafts;
  session: SessionStore;
  presence: Presence;
  storage: Pick<Keeper, "trouble" | "subscribe">;
  /** What would be lost by signing out, in all tabs of this browser. */
  countUnsent: () => Promise<{ readonly writes: number; readonly drafts: number }>;
}

/** All that features can ask for: queries as options for react-query's hooks, and where work goes. */
export function createData({ api, freshness, ...work }: DataOptions) {
  return {
    accounts: () => accountsQuery(api, freshness),
    account: (id: string | null) => accountQuery(api, freshness, id),
    activity: (accountId: string | null) => activityQuery(api, freshness, accountId),
    users: () => usersQuery(api, freshness),
    ...work,
  };
}

export type Data = ReturnType<typeof createData>;
