import { InfiniteQueryObserver, QueryObserver } from "@tanstack/react-query";
import { type AccountSnapshot, accountKey } from "#data/queries/accounts.ts";
import { activityKey } from "#data/queries/activity.ts";
import type { ActivityPages } from "#data/queries/pages.ts";
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
