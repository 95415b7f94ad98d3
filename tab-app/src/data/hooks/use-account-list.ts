import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { layOnList } from "#data/outbox/overlay.ts";
import {
  type AccountFilter,
  allAccounts,
  filterOf,
  isFilteringAccounts,
  toAccountsQuery,
  unread,
} from "#data/queries/account-filter.ts";
import { accountListQuery } from "#data/queries/account-list.ts";
import { type AccountPages, totalOf } from "#data/queries/account-pages.ts";
import { useData } from "./use-data.ts";
import { useJoinedRows } from "./use-joined-rows.ts";
import { useToday } from "./use-today.ts";
import { useUnreadIds } from "./use-unread.ts";
import { useOutbox, useSession } from "./use-work.ts";

/** The id of the list that shows what passes a filter. */
export function useListId(filter: AccountFilter): string {
  const { who } = useSession();
  const userId = who.kind === "user" ? who.id : null;
  const unreadIds = useUnreadIds(filter.ids === unread);
  return toAccountsQuery(filterOf(filter, { userId, today: useToday(), unreadIds }));
}

/**
 * The loaded accounts of a list, with this tab's pending writes laid over them. While another list is read, the last
 * one stays.
 */
export function useAccountList(filter: AccountFilter) {
  const id = useListId(filter);
  const query = useInfiniteQuery({
    ...accountListQuery(useData(), id),
    placeholderData: keepPreviousData,
  });
  const outbox = useOutbox();
  const loaded = useJoinedRows(query.data?.pages);
  const accounts = useMemo(
    () =>
      loaded && layOnList(loaded, outbox, query.isPlaceholderData ? null : id, !query.hasNextPage),
    [loaded, outbox, id, query.isPlaceholderData, query.hasNextPage],
  );
  return { accounts, total: query.data && totalOf(query.data), query };
}

const everything = toAccountsQuery(allAccounts);

/** How many accounts there are, where a list does not show all. */
export function useAccountTotal(filter: AccountFilter): number | undefined {
  return useInfiniteQuery({
    ...accountListQuery(useData(), isFilteringAccounts(filter) ? everything : null),
    select: (data: AccountPages) => totalOf(data),
  }).data;
}
