import { useQuery } from "@tanstack/react-query";
import { useData } from "#data/use-data.ts";

/** The chosen account in the words of the list, so that it costs no request. */
export function AccountName({ accountId }: { accountId: string | null }) {
  const { data: accounts } = useQuery(useData().accounts());
  return accounts?.find((account) => account.id === accountId)?.name ?? "Accounts";
}
