import { InfiniteQueryObserver, QueryObserver } from "@tanstack/react-query";
import { accountQuery } from "#data/queries/account.ts";
import { allAccounts, toAccountsQuery } from "#data/queries/account-filter.ts";
import { accountListQuery } from "#data/queries/account-list.ts";
import { activityQuery } from "#data/queries/activity.ts";
import { usersQuery } from "#data/queries/users.ts";
import { openSession } from "#data/session/open-session.ts";
import { createSessionStore } from "#data/session/session.ts";
import { createMemoryStore } from "#data/storage/memory-store.ts";
import { createTrace, createVisibility } from "#sync";
import { createHarnessTab, type HarnessTab } from "./harness-tab.ts";

/** A whole session of Tandem as `create-tab.tsx` opens it, without React and without the disk. */
export async function openTandemTab(accountId: string, name: string): Promise<HarnessTab> {
  const { data, queryClient: client } = await openSession({
    session: createSessionStore({ storage: null }),
    store: createMemoryStore(),
    visibility: createVisibility(),
    tabName: name,
    storageName: name,
    onReveal: null,
    trace: createTrace(),
  });
  const list = accountListQuery(data, toAccountsQuery(allAccounts));
  new InfiniteQueryObserver(client, list).subscribe(() => {});
  new QueryObserver(client, usersQuery(data)).subscribe(() => {});
  const account = accountQuery(data, accountId);
  new QueryObserver(client, account).subscribe(() => {});
  const activity = activityQuery(data, accountId);
  const feed = new InfiniteQueryObserver(client, activity);
  feed.subscribe(() => {});

  return createHarnessTab({
    client,
    rows: () => client.getQueryData(activity.queryKey)?.pages.flatMap((page) => page.rows),
    pinnedCount: () => client.getQueryData(account.queryKey)?.row.pinnedCount,
    loadMore: () => feed.fetchNextPage(),
    pin: (id, pinned) => data.outbox.send({ type: "pin", id, accountId, title: id, pinned }),
  });
}
