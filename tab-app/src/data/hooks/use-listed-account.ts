import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { accountQuery } from "#data/queries/account.ts";
import type { AccountFilter } from "#data/queries/account-filter.ts";
import { accountListQuery } from "#data/queries/account-list.ts";
import { type AccountPages, findAccount, type ListedAccount } from "#data/queries/account-pages.ts";
import { useListId } from "./use-account-list.ts";
import { useData } from "./use-data.ts";

/** The account as any list has it that was read, at the time of the render. It asks nothing by itself. */
export function useAccountInLists(accountId: string): ListedAccount | undefined {
  const lists = useQueryClient().getQueriesData<AccountPages>({
    queryKey: [accountListQuery.kind],
  });
  for (const [, data] of lists) {
    const held = data && findAccount(data.pages, accountId);
    if (held) return held.row;
  }
  return undefined;
}

/** The name of an account, by its details or the list that is shown. It asks nothing by itself. */
export function useAccountName(
  accountId: string | null,
  filter: AccountFilter,
): string | undefined {
  const data = useData();
  const byDetails = useQuery({
    ...accountQuery(data, accountId),
    enabled: false,
    notifyOnChangeProps: ["data"],
  }).data?.name;
  const byList = useInfiniteQuery({
    ...accountListQuery(data, useListId(filter)),
    enabled: false,
    select: ({ pages }: AccountPages) =>
      accountId !== null && findAccount(pages, accountId)?.row.name,
    notifyOnChangeProps: ["data"],
  }).data;
  return byDetails ?? (byList || undefined);
}
