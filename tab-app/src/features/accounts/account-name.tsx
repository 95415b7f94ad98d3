import { useAccounts } from "#data/hooks/use-accounts.ts";

/** The name of the chosen account, from the list, so that it costs no request. */
export function AccountName({ accountId }: { accountId: string | null }) {
  const { accounts } = useAccounts();
  return accounts?.find((account) => account.id === accountId)?.name ?? "Accounts";
}
