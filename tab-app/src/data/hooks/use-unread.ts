import { useMemo, useSyncExternalStore } from "react";
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

/** More ids are too long for a URL. */
const mostIds = 100;

/** The ids of these accounts; none where they are not needed. */
export function useUnreadIds(isNeeded: boolean): readonly string[] {
  const { unread } = useData();
  const ids = useSyncExternalStore(unread.subscribe, () => (isNeeded ? unread.ids : "[]"));
  return useMemo(() => (JSON.parse(ids) as string[]).slice(0, mostIds), [ids]);
}
