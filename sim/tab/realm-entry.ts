import {
  focusManager,
  InfiniteQueryObserver,
  notifyManager,
  onlineManager,
  QueryObserver,
} from "@tanstack/react-query";
import { fieldsOfAccount, fieldsOfNote, fieldsOfTask } from "#data/outbox/fields.ts";
import { layOnFeed, layOnList, layOnRow } from "#data/outbox/overlay.ts";
import { layOnTasks } from "#data/outbox/task-overlay.ts";
import { accountQuery } from "#data/queries/account.ts";
import { toAccountsQuery } from "#data/queries/account-filter.ts";
import { accountListQuery } from "#data/queries/account-list.ts";
import { feedQuery, filteredActivityQuery } from "#data/queries/activity.ts";
import { dueTasksQuery, toDueTasksQuery } from "#data/queries/due-tasks.ts";
import { toFeedQuery, toWeekQuery } from "#data/queries/feed-filter.ts";
import { overviewQuery, toOverviewId } from "#data/queries/overview.ts";
import { tasksQuery } from "#data/queries/tasks.ts";
import { usersQuery } from "#data/queries/users.ts";
import { followSession } from "#data/session/follow-session.ts";
import type { OpenSession } from "#data/session/open-session.ts";
import { createSessionStore, type SessionStoreOptions } from "#data/session/session.ts";
import { createMemoryStore } from "#data/storage/memory-store.ts";
import type { PersistentStore } from "#data/storage/persistent-store.ts";
import { claimTabName } from "#data/tabs/claim-tab-name.ts";
import {
  asOf,
  connectFocusManager,
  connectPageVisibility,
  createTrace,
  createVisibility,
} from "#sync";

export {
  accountListQuery,
  accountQuery,
  asOf,
  createMemoryStore,
  dueTasksQuery,
  feedQuery,
  fieldsOfAccount,
  fieldsOfNote,
  fieldsOfTask,
  filteredActivityQuery,
  InfiniteQueryObserver,
  layOnFeed,
  layOnList,
  layOnRow,
  layOnTasks,
  notifyManager,
  onlineManager,
  overviewQuery,
  QueryObserver,
  tasksQuery,
  toAccountsQuery,
  toDueTasksQuery,
  toFeedQuery,
  toOverviewId,
  toWeekQuery,
  usersQuery,
};

export interface TabBrowser {
  /** The name that users see. */
  readonly name: string;
  /** IndexedDB, shared by all tabs of the browser. */
  readonly store: PersistentStore;
  /** `localStorage`, shared by all tabs. */
  readonly storage: NonNullable<SessionStoreOptions["storage"]>;
  /** `sessionStorage`: the tab's own, which survives its reloads. */
  readonly memory: Pick<Storage, "getItem" | "setItem">;
  /** A session is open and can be rendered. */
  readonly onOpen: (open: OpenSession, storageName: string) => void;
  /** The session is over: from here on nothing of it may be rendered. */
  readonly onEnd: () => void;
  /** The page has to be reloaded. */
  readonly onLost: () => void;
}

/**
 * The tab-app without React: does what `create-tab.tsx` does. It runs in its own realm (`realms.ts`), so
 * that react-query's singletons and all globals belong to this tab.
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
    claim: claimTabName(name, onLost, { memory, page: window }),
    onReveal: null,
    trace: createTrace(),
    onOpen(open, storageName) {
      open.queryClient.mount();
      onOpen(open, storageName);
      open.begin();
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
