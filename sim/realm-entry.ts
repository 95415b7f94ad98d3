import {
  focusManager,
  InfiniteQueryObserver,
  MutationObserver,
  notifyManager,
  onlineManager,
  QueryObserver,
} from "@tanstack/react-query";
import { effectOf, readAnswer } from "#data/affected.ts";
import { createApi } from "#data/api.ts";
import { createQueryClient } from "#data/client.ts";
import { createData } from "#data/create-data.ts";
import { createOpenFeed } from "#data/open-feed.ts";
import { layPins, type PendingPin } from "#data/pending-pins.ts";
import { createChannel } from "#sync/channel.ts";
import { createSync, type SyncOptions } from "#sync/create-sync.ts";
import { asOf } from "#sync/effect.ts";
import { connectLifecycle } from "#sync/lifecycle.ts";
import { connectFocusManager, connectPageVisibility, createVisibility } from "#sync/visibility.ts";

export {
  asOf,
  InfiniteQueryObserver,
  layPins,
  MutationObserver,
  notifyManager,
  type PendingPin,
  QueryObserver,
};

export interface TabOptions {
  tabId: string;
  locks: SyncOptions["locks"];
}

/**
 * The tab-app without React: what `create-tab.tsx` builds, from the same parts. It runs in a realm of
 * its own (`realms.ts`), so that react-query's singletons and all the globals are this tab's.
 */
export function openTab({ tabId, locks }: TabOptions) {
  onlineManager.setOnline(navigator.onLine);
  const api = createApi({ tabId });
  const queryClient = createQueryClient(({ asOf: at, change }) =>
    sync.publish(at, { ...change, origin: tabId }),
  );
  const visibility = createVisibility();
  const undo = [connectPageVisibility(visibility)];
  connectFocusManager(visibility, focusManager);
  const channel = createChannel();
  const sync = createSync({
    tabId,
    queryClient,
    channel,
    visibility,
    effectOf,
    fetchChanges: api.fetchChanges,
    openFeed: createOpenFeed(),
    readAnswer,
    locks,
    online: onlineManager,
  });
  undo.push(connectLifecycle(sync));
  queryClient.mount();
  const data = createData(api, { isLive: () => sync.isLive });
  return {
    sync,
    data,
    queryClient,
    close() {
      sync.close();
      channel.close();
      for (const each of undo) each();
      queryClient.unmount();
      queryClient.clear();
    },
  };
}

export type OpenTab = ReturnType<typeof openTab>;
