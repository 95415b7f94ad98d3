import { useAccountName } from "#data/hooks/use-listed-account.ts";
import { useUnreadCount } from "#data/hooks/use-unread.ts";
import type { AccountFilter } from "#data/queries/account-filter.ts";

export interface AccountTitleProps {
  accountId: string | null;
  /** The list that is shown. */
  list: AccountFilter;
}

/**
 * The title of the document counts the accounts that others have changed, and names the chosen one. It costs no
 * request.
 */
export function AccountTitle({ accountId, list }: AccountTitleProps) {
  const name = useAccountName(accountId, list);
  const unread = useUnreadCount();
  const count = unread > 0 ? `(${unread}) ` : "";
  return <title>{name === undefined ? `${count}Tandem` : `${count}${name} · Tandem`}</title>;
}
