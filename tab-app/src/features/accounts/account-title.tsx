import { useAccounts } from "#data/hooks/use-accounts.ts";
import { useUnreadCount } from "#data/hooks/use-unread.ts";

/**
 * The title of the document counts the accounts that others have changed, and names the chosen one. Its name is from the
 * list, so that it costs no request.
 */
export function AccountTitle({ accountId }: { accountId: string | null }) {
  const { accounts } = useAccounts();
  const name = accounts?.find((account) => account.id === accountId)?.name;
  const unread = useUnreadCount();
  const count = unread > 0 ? `(${unread}) ` : "";
  return <title>{name === undefined ? `${count}Tandem` : `${count}${name} · Tandem`}</title>;
}
