import { useInfiniteQuery } from "@tanstack/react-query";
import { allAccounts, toAccountsQuery } from "#data/queries/account-filter.ts";
import { accountListQuery } from "#data/queries/account-list.ts";
import type { AccountPages } from "#data/queries/account-pages.ts";
import { useData } from "./use-data.ts";

const everything = toAccountsQuery(allAccounts);
const select = ({ pages }: AccountPages): Readonly<Record<string, string>> =>
  Object.fromEntries(pages.flatMap(({ rows }) => rows.map(({ id, name }) => [id, name])));

/** The names of accounts. Those that the list of all accounts has not loaded are asked for, up to a page of them. */
export function useAccountNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const data = useData();
  const listed = useInfiniteQuery({ ...accountListQuery(data, everything), select }).data;
  const missing = listed ? [...new Set(ids)].filter((id) => listed[id] === undefined) : [];
  const others = useInfiniteQuery({
    ...accountListQuery(
      data,
      missing.length > 0 ? toAccountsQuery({ ...allAccounts, ids: missing }) : null,
    ),
    select,
  }).data;
  return new Map(Object.entries({ ...others, ...listed }));
}
