import { onlineManager, type QueryClient } from "@tanstack/react-query";
import { createOutbox } from "#data/outbox/create-outbox.ts";
import { forgetDraft, returnDraft, stampOfDraft } from "#data/outbox/forget-draft.ts";
import { holdNewAccount } from "#data/outbox/hold-new-account.ts";
import { createQueue } from "#data/outbox/queue.ts";
import { createUndoStack } from "#data/outbox/undo-stack.ts";
import { createSendBatch, createSendWrite } from "#data/outbox/writes.ts";
import { effects, persistedKinds } from "#data/queries/queries.ts";
import { createApi } from "#data/server/api.ts";
import { createChangeLog } from "#data/server/change-log.ts";
import { connectOnline } from "#data/server/connect-online.ts";
import { postPresence } from "#data/server/post-presence.ts";
import { createAdoption } from "#data/storage/adoption.ts";
import { createDrafts } from "#data/storage/drafts.ts";
import { createFeedPlaces } from "#data/storage/feed-places.ts";
import { connectPersistedCache, restoreCache } from "#data/storage/persisted-cache.ts";
import type { PersistentStore } from "#data/storage/persistent-store.ts";
import { createPlaces } from "#data/storage/places.ts";
import { openTabStorage } from "#data/storage/tab-storage.ts";
import { createUnread } from "#data/storage/unread.ts";
import { createPeople } from "#data/tabs/people.ts";
import { createPresence } from "#data/tabs/presence.ts";
import { createTabId, tabIdLock } from "#data/tabs/tab-id.ts";
import { readWindowId } from "#data/tabs/window-id.ts";
import {
  createChannel,
  createSync,
  holdLockWhile,
  type Sync,
  type Trace,
  type Visibility,
  whilePageLives,
} from "#sync";
import { createQueryClient } from "./client.ts";
import type { Data } from "./data.ts";
import { personOf } from "./person-of.ts";
import type { SessionStore } from "./session.ts";

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
  /** Hears which build the server serves: a string, or what is none. */
  onBuild?: (build: unknown) => void;
}

export interface OpenSession {
  readonly sync: Sync;
  readonly queryClient: QueryClient;
  readonly data: Data;
  /**
   * What was kept is on screen: asks for what was missed meanwhile. An answer before that would find no query in
   * view, and have each read in place of patched.
   */
  begin(): void;
  close(): void;
}

/**
 * Milliseconds from the start until the work of closed tabs is adopted and old data is pruned. By then the other
 * tabs of a restarted browser have claimed their own, and the page has been painted.
 */
const tidyAfter = 5000;

/**
 * Opens all that a tab holds for one session: its cache, its writes, its channel. The cache of before a
 * reload is restored first, so that the ledger begins at its as-of; the channel is subscribed to before
 * anything is fetched.
 */
export async function openSession({
  session,
  store,
  visibility,
  tabName,
  storageName,
  onReveal,
  trace,
  onBuild = () => {},
}: OpenSessionOptions): Promise<OpenSession> {
  const { id: sessionId, who } = session.get();
  const isOut = who.kind === "out";
  const isCurrent = () => {
    session.check();
    return session.get().id === sessionId;
  };
  const storage = await openTabStorage({
    store,
    sessionId,
    tab: storageName,
    isCurrent,
    entering: {
      ...(who.kind === "user" && who.role && { userId: personOf(who) }),
      ...(who.kind === "out" && who.discards && { discards: true }),
    },
  });
  const stored = await storage.read("cache");

  const userId = who.kind === "user" ? who.id : null;
  const shared = sessionId === "guest" ? undefined : sessionId;
  const tabId = createTabId(tabName, userId);
  const lose = () => session.lose(sessionId);
  /** Wrapped, as `fetch` must be called on its window. Whatever is asked, 401 says that the session has ended. */
  const send: typeof fetch = async (...request) => {
    const response = await globalThis.fetch(...request);
    onBuild(response.headers.get("Tandem-Build"));
    if (response.status === 401) lose();
    return response;
  };
  const api = createApi({ tabId, userId, fetch: send });
  const queryClient = createQueryClient();
  const queue = createQueue(storage);
  const sync = createSync({
    name: "tandem",
    session: shared,
    tabId,
    queryClient,
    server: createChangeLog(
      { presence: (event) => people.receive(event), "signed-out": lose, build: onBuild },
      send,
    ),
    effects,
    visibility,
    trace,
    writes: queue,
  });
  // Between two sessions nothing subscribes to the browser's `online` event.
  onlineManager.setOnline(navigator.onLine);
  const undo = [
    connectOnline({ visibility }),
    // Left with something unsent, the page is not kept: another tab adopts that, and sends it.
    holdLockWhile(
      whilePageLives(window, () => queue.entries.length === 0),
      tabIdLock + tabId,
      { mode: "shared" },
    ),
  ];
  let isRestored = false;
  if (!isOut) {
    const kinds = persistedKinds;
    isRestored = restoreCache(queryClient, stored, kinds);
    undo.push(
      connectPersistedCache({ queryClient, storage, stored, kinds, head: () => sync.head }),
    );
  }

  const drafts = createDrafts(storage);
  const outbox = createOutbox({
    queue,
    send: createSendWrite(api),
    sendBatch: createSendBatch(api),
    publish: sync.publish,
    trace,
    stampOfDraft: (write) => stampOfDraft(drafts, write),
  });
  outbox.onConfirmed((confirmed) => forgetDraft(drafts, confirmed));
  outbox.onConfirmed((confirmed) => holdNewAccount(queryClient, confirmed));
  const undoStack = createUndoStack({ outbox, tabId });
  undoStack.subscribe((deed) => returnDraft(drafts, deed));
  const windowId = readWindowId();
  const channel = createChannel({ name: shared ? `tandem-presence ${shared}` : "tandem-presence" });
  const people = createPeople({
    tabId,
    windowId,
    userId,
    visibility,
    channel,
    isOffered: () => api.keepsLog === true && sync.isLive && onlineManager.isOnline(),
    post: (...report) => postPresence(send, ...report),
  });
  const unread = createUnread({
    sessionId,
    tabId,
    userId,
    isCurrent,
    trace,
    head: () => sync.head?.rev ?? 0,
    visibility,
  });
  const presence = createPresence({
    tabId,
    windowId,
    onReveal,
    session: shared,
    channel,
    onEdit: people.edit,
  });
  const data: Data = {
    api,
    isLive: () => sync.isLive,
    outbox,
    undoStack,
    drafts,
    feedPlaces: createFeedPlaces(storage, stored),
    places: createPlaces(storage, stored),
    session,
    presence,
    people,
    unread,
    storage,
    async countUnsent() {
      await storage.flush();
      const [writes, draftCount] = await Promise.all([
        storage.count("writes"),
        storage.count("drafts"),
      ]);
      return { writes, drafts: draftCount };
    },
  };

  if (!isOut) {
    const adoption = createAdoption({
      storage,
      ownName: storageName,
      onAdopted: () => void Promise.all([drafts.load(), outbox.load()]),
    });
    const timer = setTimeout(() => {
      adoption.check();
      void storage.prune();
    }, tidyAfter);
    undo.push(
      adoption.close,
      () => clearTimeout(timer),
      onlineManager.subscribe((isOnline) => isOnline && adoption.check()),
      visibility.subscribe((inView) => inView && adoption.check()),
    );
  }

  await Promise.all([drafts.load(), outbox.load()]);

  return {
    sync,
    queryClient,
    data,
    begin() {
      if (isRestored) sync.catchUp("a reload");
      isRestored = false;
    },
    close() {
      // A response that arrives after its session is dropped.
      void queryClient.cancelQueries();
      for (const each of undo) each();
      undoStack.close();
      outbox.close();
      queue.close();
      storage.close();
      unread.close();
      people.close();
      presence.close();
      sync.close();
      queryClient.clear();
    },
  };
}
