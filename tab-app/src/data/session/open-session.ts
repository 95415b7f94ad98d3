import { onlineManager, type QueryClient } from "@tanstack/react-query";
import { createOutbox } from "#data/outbox/create-outbox.ts";
import { forgetDraft } from "#data/outbox/forget-draft.ts";
import { createQueue } from "#data/outbox/queue.ts";
import { sendWrite } from "#data/outbox/writes.ts";
import { effectOf, readAnswer } from "#data/queries/affected.ts";
import { createApi } from "#data/server/api.ts";
import { createOpenFeed } from "#data/server/open-feed.ts";
import { createAdoption } from "#data/storage/adoption.ts";
import { createDrafts } from "#data/storage/drafts.ts";
import { connectPersistedCache, restoreCache } from "#data/storage/persisted-cache.ts";
import type { PersistentStore } from "#data/storage/persistent-store.ts";
import { openTabStorage } from "#data/storage/tab-storage.ts";
import { broadcastChannelWorks } from "#data/tabs/broadcast-channel-works.ts";
import { holdLock } from "#data/tabs/hold-lock.ts";
import { createPresence } from "#data/tabs/presence.ts";
import { createTabId, tabIdLock } from "#data/tabs/tab-id.ts";
import {
  channelName,
  connectLifecycle,
  createChannel,
  createSync,
  type Sync,
  type Trace,
  type Visibility,
} from "#sync";
import { createQueryClient } from "./client.ts";
import { createData, type Data } from "./create-data.ts";
import { connectRequestTrace } from "./request-trace.ts";
import type { SessionStore } from "./session.ts";
import { createUnlogged } from "./unlogged.ts";

export interface OpenSessionOptions {
  session: SessionStore;
  store: PersistentStore;
  visibility: Visibility;
  /** What people call this tab. */
  tabName: string;
  /** The tab's name in the storage. */
  storageName: string;
  onReveal: (() => void) | null;
  /** The tab's memory of what it did, over all its sessions. It holds no rows. */
  trace: Trace;
}

export interface OpenSession {
  readonly sync: Sync;
  readonly queryClient: QueryClient;
  readonly data: Data;
  close(): void;
}

/**
 * Milliseconds from the start until what others left is seen to. The other tabs of a browser that was
 * restarted come back to what is theirs, and the page has been painted.
 */
const tidyAfter = 5000;

/**
 * All that a tab holds for one session: its cache, its writes, its place on the channel. What the tab
 * kept before a reload is put in place first, so that the ledger begins where the cache stands; the
 * channel is listened to before anything is fetched.
 */
export async function openSession({
  session,
  store,
  visibility,
  tabName,
  storageName,
  onReveal,
  trace,
}: OpenSessionOptions): Promise<OpenSession> {
  const { id: sessionId, who } = session.get();
  const isOut = who.kind === "out";
  const keeper = await openTabStorage({ store, sessionId, tab: storageName });
  const kept = await keeper.read("cache");

  const tabId = createTabId(tabName, who.kind === "user" ? who.id : null);
  const api = createApi({ tabId });
  const queryClient = createQueryClient();
  const queue = createQueue(keeper);
  const channel = createChannel({
    name: sessionId === "guest" ? channelName : `${channelName} ${sessionId}`,
    works: broadcastChannelWorks(),
  });
  const sync = createSync({
    tabId,
    queryClient,
    channel,
    visibility,
    effectOf,
    fetchChanges: api.fetchChanges,
    openFeed: createOpenFeed({ keepsLog: () => api.keepsLog !== false }),
    readAnswer,
    locks: navigator.locks,
    online: onlineManager,
    trace,
    writes: queue,
  });
  // Between two sessions nobody listens, and a network that came back then would never be heard of.
  onlineManager.setOnline(navigator.onLine);
  const unlogged = createUnlogged({ queryClient, channel, trace });
  const undo = [
    unlogged.close,
    connectLifecycle(sync),
    connectRequestTrace(queryClient, sync),
    holdLock(tabIdLock + tabId),
  ];
  if (!isOut) {
    if (restoreCache(queryClient, kept)) sync.catchUp("a reload");
    undo.push(connectPersistedCache({ queryClient, keeper, kept, head: () => sync.head }));
  }

  const drafts = createDrafts(keeper);
  const outbox = createOutbox({
    queue,
    send: (write, isWanted) => sendWrite(api, write, isWanted),
    publish(asOf, changes) {
      if (asOf) sync.publish(asOf, changes);
      else for (const change of changes) unlogged.publish(change);
    },
    trace,
  });
  outbox.onConfirmed((write, submittedAt) => forgetDraft(drafts, write, submittedAt));
  const presence = createPresence({ tabId, onReveal });
  const data = createData({
    api,
    freshness: { isLive: () => sync.isLive },
    outbox,
    drafts,
    session,
    presence,
    storage: keeper,
    async countUnsent() {
      await keeper.flush();
      const [writes, draftCount] = await Promise.all([
        keeper.count("writes"),
        keeper.count("drafts"),
      ]);
      return { writes, drafts: draftCount };
    },
  });

  if (!isOut) {
    const adoption = createAdoption({
      keeper,
      ownName: storageName,
      onAdopted: () => void Promise.all([drafts.load(), outbox.load()]),
    });
    const timer = setTimeout(() => {
      adoption.look();
      void keeper.prune();
    }, tidyAfter);
    undo.push(
      adoption.close,
      () => clearTimeout(timer),
      onlineManager.subscribe((isOnline) => isOnline && adoption.look()),
      visibility.subscribe((inView) => inView && adoption.look()),
    );
  }

  await Promise.all([drafts.load(), outbox.load()]);

  return {
    sync,
    queryClient,
    data,
    close() {
      // A response that is late for its session is nobody's.
      void queryClient.cancelQueries();
      for (const each of undo) each();
      outbox.close();
      queue.close();
      keeper.close();
      presence.close();
      sync.close();
      channel.close();
      queryClient.clear();
    },
  };
}
