import {
  InfiniteQueryObserver,
  MutationObserver,
  onlineManager,
  QueryObserver,
} from "@tanstack/react-query";
import { type AccountSnapshot, accountKey } from "#data/accounts.ts";
import { activityKey } from "#data/activity.ts";
import { effectOf, readAnswer } from "#data/affected.ts";
import { createApi } from "#data/api.ts";
import { createQueryClient } from "#data/client.ts";
import { createData } from "#data/create-data.ts";
import { createOpenFeed } from "#data/open-feed.ts";
import type { ActivityPages } from "#data/pages.ts";
import { createChannel } from "#sync/channel.ts";
import { createSync } from "#sync/create-sync.ts";
import { createVisibility } from "#sync/visibility.ts";
import { createHarnessTab, type HarnessTab } from "./harness-tab.ts";

/** Tandem's own queries and sync, put together as `create-tab.tsx` does it, without React. */
export function openTandemTab(accountId: string, name: string): HarnessTab {
  const tabId = `${name}_${crypto.randomUUID().slice(0, 8)}`;
  const api = createApi({ tabId });
  const client = createQueryClient(({ asOf, change }) =>
    sync.publish(asOf, { ...change, origin: tabId }),
  );
  const sync = createSync({
    tabId,
    queryClient: client,
    channel: createChannel(),
    visibility: createVisibility(),
    effectOf,
    readAnswer,
    fetchChanges: api.fetchChanges,
    openFeed: createOpenFeed(),
    locks: navigator.locks,
    online: onlineManager,
  });
  const data = createData(api, { isLive: () => sync.isLive });
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
    pin: (activityId, pinned) =>
      new MutationObserver(client, data.pinActivity(activityId)).mutate({ pinned }),
  });
}
