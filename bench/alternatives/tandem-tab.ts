import { InfiniteQueryObserver, QueryObserver } from "@tanstack/react-query";
import { type AccountSnapshot, accountKey } from "#data/accounts.ts";
import { activityKey } from "#data/activity.ts";
import { createMemoryStore } from "#data/kept/memory-store.ts";
import { openSession } from "#data/open-session.ts";
import type { ActivityPages } from "#data/pages.ts";
import { createSessionStore } from "#data/session.ts";
import { createTrace } from "#sync/trace.ts";
import { createVisibility } from "#sync/visibility.ts";
import { createHarnessTab, type HarnessTab } from "./harness-tab.ts";

/** A whole session of Tandem as `create-tab.tsx` opens it, without React and without the disk. */
export async function openTandemTab(accountId: string, name: string): Promise<HarnessTab> {
  const { data, queryClient: client } = await openSession({
    session: createSessionStore({ storage: null }),
    store: createMemoryStore(),
    visibility: createVisibility(),
    tabName: name,
    keptAs: name,
    onReveal: null,
    trace: createTrace(),
  });
  new QueryObserver(client, data.accounts()).subscribe(() => {});
  new QueryObserver(client, data.users()).subscribe(() => {});
  new QueryObserver(client, data.account(accountId)).subscribe(() => {});
  const feed = new InfiniteQueryObserver(client, data.activity(accountId));
  feed.subscribe(() => {});

  return createHarnessTab({
    client,
    rows: () =>
      client
        .getQueryData<ActivityPages>(activityKey(accountId))
        ?.pages.flatMap((page) => page.rows),
    pinnedCount: () => client.getQueryData<AccountSnapshot>(accountKey(accountId))?.row.pinnedCount,
    loadMore: () => feed.fetchNextPage(),
    pin: (id, pinned) => data.outbox.send({ type: "pin", id, accountId, title: id, pinned }),
  });
}
