import {
  focusManager,
  InfiniteQueryObserver,
  notifyManager,
  onlineManager,
  QueryObserver,
} from "@tanstack/react-query";
import { claimTab } from "#data/kept/claim-tab.ts";
import { createMemoryStore } from "#data/kept/memory-store.ts";
import type { Store } from "#data/kept/store.ts";
import { type OpenSession, openSession } from "#data/open-session.ts";
import { createSessionStore, type SessionOptions } from "#data/session.ts";
import { fieldsOfAccount, fieldsOfNote } from "#data/writes/fields.ts";
import { layOnAccount, layOnFeed } from "#data/writes/overlay.ts";
import { asOf } from "#sync/effect.ts";
import { createTrace } from "#sync/trace.ts";
import { connectFocusManager, connectPageVisibility, createVisibility } from "#sync/visibility.ts";

export {
  asOf,
  createMemoryStore,
  fieldsOfAccount,
  fieldsOfNote,
  InfiniteQueryObserver,
  layOnAccount,
  layOnFeed,
  notifyManager,
  QueryObserver,
};

export interface TabBrowser {
  /** What people call the tab. */
  readonly name: string;
  /** What all tabs of the browser share on disk. */
  readonly store: Store;
  /** `localStorage`, shared by all tabs as well. */
  readonly storage: NonNullable<SessionOptions["storage"]>;
  /** `sessionStorage`: the tab's own, over its reloads. */
  readonly memory: Pick<Storage, "getItem" | "setItem">;
  /** A session is open and can be shown. */
  readonly onOpen: (open: OpenSession, keptAs: string) => void;
  /** The session is over: nothing of it may be shown from here on. */
  readonly onEnd: () => void;
  /** The page has to be loaded anew. */
  readonly onLost: () => void;
  readonly onError: (error: unknown) => void;
}

/**
 * The tab-app without React: what `create-tab.tsx` does. It runs in a realm of its own (`realms.ts`),
 * so that react-query's singletons and all the globals are this tab's.
 */
export function openTab({
  name,
  store,
  storage,
  memory,
  onOpen,
  onEnd,
  onLost,
  onError,
}: TabBrowser): { close(): void } {
  onlineManager.setOnline(navigator.onLine);
  const visibility = createVisibility();
  const disconnect = connectPageVisibility(visibility);
  connectFocusManager(visibility, focusManager);
  const session = createSessionStore({ storage, page: window });
  const trace = createTrace();
  const claim = claimTab(name, onLost, { memory, page: window });
  let end = () => {};
  let closed = false;

  async function begin() {
    const { id } = session.get();
    const { name: keptAs } = await claim;
    session.look();
    const isStill = () => !closed && session.get().id === id;
    if (!isStill()) return;
    const opened = await openSession({
      session,
      store,
      visibility,
      tabName: name,
      keptAs,
      onReveal: null,
      trace,
    });
    if (!isStill()) return opened.close();
    opened.queryClient.mount();
    end = () => {
      onEnd();
      opened.close();
      opened.queryClient.unmount();
    };
    onOpen(opened, keptAs);
  }
  function beginSafely() {
    begin().catch(onError);
  }

  const forget = session.subscribe(() => {
    end();
    end = () => {};
    beginSafely();
  });
  beginSafely();

  return {
    close() {
      closed = true;
      end();
      forget();
      session.close();
      disconnect();
    },
  };
}
