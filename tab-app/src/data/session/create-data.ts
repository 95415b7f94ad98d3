import type { Outbox } from "#data/outbox/outbox.ts";
import { accountQuery, accountsQuery } from "#data/queries/accounts.ts";
import { activityQuery } from "#data/queries/activity.ts";
import type { Freshness } from "#data/queries/freshness.ts";
import { usersQuery } from "#data/queries/users.ts";
import type { Api } from "#data/server/api.ts";
import type { Drafts } from "#data/storage/drafts.ts";
import type { TabStorage } from "#data/storage/tab-storage.ts";
import type { Presence } from "#data/tabs/presence.ts";
import type { SessionStore } from "./session.ts";

export interface DataOptions {
  api: Api;
  freshness: Freshness;
  outbox: Outbox;
  drafts: Drafts;
  session: SessionStore;
  presence: Presence;
  storage: Pick<TabStorage, "trouble" | "subscribe">;
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
