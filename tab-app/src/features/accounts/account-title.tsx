import { useLayoutEffect } from "react";
import { noTitle, type TabTitle, titleOfDocument } from "#contract/tab-title.ts";
import { useAccountName } from "#data/hooks/use-listed-account.ts";
import { useUnreadCount } from "#data/hooks/use-unread.ts";
import type { AccountFilter } from "#data/queries/account-filter.ts";

export interface AccountTitleProps {
  accountId: string | null;
  /** The list that is shown. */
  list: AccountFilter;
  /** Tells the shell, whose window has a title of its own. */
  onTitle: ((title: TabTitle) => void) | undefined;
}

/**
 * The title of the document counts the accounts that others have changed, and names the chosen one. It costs no
 * request.
 */
export function AccountTitle({ accountId, list, onTitle }: AccountTitleProps) {
  const name = useAccountName(accountId, list) ?? null;
  const unread = useUnreadCount();
  useLayoutEffect(() => {
    onTitle?.({ name, unread });
  }, [onTitle, name, unread]);
  // Once somebody has signed out, the shell names nothing of the session.
  useLayoutEffect(() => () => onTitle?.(noTitle), [onTitle]);
  return <title>{titleOfDocument({ name, unread })}</title>;
}
