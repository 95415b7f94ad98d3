import { useSyncExternalStore } from "react";
import { useData } from "./use-data.ts";

/** Whether others have changed something of an account since this person last looked at it. */
export function useIsUnread(accountId: string): boolean {
  const { unread } = useData();
  return useSyncExternalStore(unread.subscribe, () => unread.has(accountId));
}

/** Whether a row of the account that is shown was unread when that came into view. */
export function useIsNew(accountId: string, resource: string, id: string): boolean {
  const { unread } = useData();
  return useSyncExternalStore(unread.subscribe, () => unread.isNew(accountId, resource, id));
}

/** Accounts with something unread. It follows out of view as well, as the title of a tab is seen from outside. */
export function useUnreadCount(): number {
  const { unread } = useData();
  return useSyncExternalStore(unread.subscribeCount, () => unread.count);
}

/** The account with something unread that was changed last. */
export function useLatestUnread(): string | null {
  const { unread } = useData();
  return useSyncExternalStore(unread.subscribe, () => unread.latest);
}
