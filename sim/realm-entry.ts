import {
  focusManager,
  InfiniteQueryObserver,
  notifyManager,
  onlineManager,
  QueryObserver,
} from "@tanstack/react-query";
import { createMemoryStore } from "#data/kept/memory-store.ts";
import { openSession } from "#data/open-session.ts";
import type { SessionStore } from "#data/session.ts";
import { layOnFeed } from "#data/writes/overlay.ts";
import { asOf } from "#sync/effect.ts";
import { createTrace } from "#sync/trace.ts";
import { connectFocusManager, connectPageVisibility, createVisibility } from "#sync/visibility.ts";

export { asOf, InfiniteQueryObserver, layOnFeed, notifyManager, QueryObserver };

/** Nobody signs in or out here. */
const guest: SessionStore = {
  get: () => ({ id: "guest", who: { kind: "guest" } }),
  subscribe: () => () => {},
  signIn() {},
  signOut() {},
  close() {},
};

/**
 * The tab-app without React: what `create-tab.tsx` opens. It runs in a realm of its own (`realms.ts`),
 * so that react-query's singletons and all the globals are this tab's.
 */
export async function openTab(name: string) {
  onlineManager.setOnline(navigator.onLine);
  const visibility = createVisibility();
  const disconnect = connectPageVisibility(visibility);
  connectFocusManager(visibility, focusManager);
  const { sync, data, queryClient, close } = await openSession({
    session: guest,
    store: createMemoryStore(),
    visibility,
    tabName: name,
    keptAs: name,
    onReveal: null,
    trace: createTrace(),
  });
  queryClient.mount();
  return {
    sync,
    data,
    queryClient,
    close() {
      close();
      disconnect();
      queryClient.unmount();
    },
  };
}

export type OpenTab = Awaited<ReturnType<typeof openTab>>;
