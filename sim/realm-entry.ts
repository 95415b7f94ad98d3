import {
  focusManager,
  InfiniteQueryObserver,
  notifyManager,
  onlineManager,
  QueryObserver,
} from "@tanstack/react-query";
import { followSession } from "#data/follow-session.ts";
import { claimTab } from "#data/kept/claim-tab.ts";
import { createMemoryStore } from "#data/kept/memory-store.ts";
import type { Store } from "#data/kept/store.ts";
import type { OpenSession } from "#data/open-session.ts";
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
  onlineManager,
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
}

/**
 * The tab-app without React: what `create-tab.tsx` does. It runs in a realm of its own (`realms.ts`),
 * so that react-query's singletons and all the globals are this tab's.
 */
export function openTab({ name, store, storage, memory, onOpen, onEnd, onLost }: TabBrowser): {
  close(): void;
} {
  const visibility = createVisibility();
  const disconnect = connectPageVisibility(visibility);
  connectFocusManager(visibility, focusManager);
  const session = createSessionStore({ storage, page: window });
  const leave = followSession({
    session,
    store,
    visibility,
    tabName: name,
    claim: claimTab(name, onLost, { memory, page: window }),
    onReveal: null,
    trace: createTrace(),
    onOpen(open, keptAs) {
      open.queryClient.mount();
      onOpen(open, keptAs);
      return () => {
        onEnd();
        open.queryClient.unmount();
      };
    },
  });

  return {
    close() {
      leave();
      session.close();
      disconnect();
    },
  };
}
