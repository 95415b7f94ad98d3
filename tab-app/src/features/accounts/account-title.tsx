import { useAccounts } from "#data/hooks/use-accounts.ts";

/** The title of the document names the chosen account. Its name is from the list, so that it costs no request. */
export function AccountTitle({ accountId }: { accountId: string | null }) {
  const { accounts } = useAccounts();
  const name = accounts?.find((account) => account.id === accountId)?.name;
  return <title>{name === undefined ? "Tandem" : `${name} · Tandem`}</title>;
}
