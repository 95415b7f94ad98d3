import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { Visitor } from "#data/tabs/people.ts";
import { useData } from "./use-data.ts";

/** A form that is open on an account in another tab. */
export interface Editor {
  readonly tabId: string;
  /** "Tab B" */
  readonly tabName: string;
  /** Null for a guest. */
  readonly userId: string | null;
  /** A pane beside this one, another window of this browser, or another browser. */
  readonly where: "pane" | "window" | "elsewhere";
}

/** Reports that this tab shows the account, or none: to those who look at it as well, and to what is unread. */
export function useLook(accountId: string | null): void {
  const { people, unread } = useData();
  useEffect(() => people.look(accountId), [people, accountId]);
  useEffect(() => unread.look(accountId), [unread, accountId]);
}

/** The other tabs, of all browsers, that show the account. */
export function useVisitors(accountId: string): readonly Visitor[] {
  const { people } = useData();
  return useSyncExternalStore(people.subscribe, () => people.visitorsOf(accountId));
}

/** The other tabs that edit the account: those of this browser by its locks, at once, and all others by the server. */
export function useEditors(accountId: string): readonly Editor[] {
  const { presence } = useData();
  const here = useSyncExternalStore(presence.subscribe, () => presence.editorsOf(accountId));
  const visitors = useVisitors(accountId);
  return useMemo(() => {
    const known = new Set(here.map(({ tabId }) => tabId));
    const others = visitors.filter(({ tabId, isEditing }) => isEditing && !known.has(tabId));
    return [
      ...here.map(({ isPane, isSameWindow, ...editor }) => ({
        ...editor,
        where: isPane && isSameWindow ? ("pane" as const) : ("window" as const),
      })),
      ...others.map(({ tabId, tabName, userId }) => ({
        tabId,
        tabName,
        userId,
        where: "elsewhere" as const,
      })),
    ];
  }, [here, visitors]);
}
