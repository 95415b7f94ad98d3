import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { allAccounts, toAccountsQuery } from "#data/queries/account-filter.ts";
import { accountListQuery } from "#data/queries/account-list.ts";
import type { ListedAccount } from "#data/queries/account-pages.ts";
import { activitySearchQuery, type FoundActivity } from "#data/queries/activity-search.ts";

/** Milliseconds without a further letter before the server is asked. */
const patience = 150;
/** Accounts that are shown of what was found. */
const most = 6;
/** What is found stays in memory for so long after it was shown. */
const gcTime = 60_000;

export interface Found {
  readonly accounts: readonly ListedAccount[];
  readonly activities: readonly FoundActivity[];
  readonly state: "idle" | "searching" | "offline" | "failed" | "done";
}

/** What the server finds by a text, once it is no longer typed. A text that follows aborts the search for the one before. */
export function useSearch(typed: string): Found {
  const data = useData();
  const text = useSettled(typed.trim());
  const query = text === "" ? null : toAccountsQuery({ ...allAccounts, text });
  const accounts = useInfiniteQuery({ ...accountListQuery(data, query), gcTime });
  const activities = useQuery({
    ...activitySearchQuery(data, text.length > 1 ? text : null),
    gcTime,
  });
  if (typed.trim() === "") return { accounts: [], activities: [], state: "idle" };
  if (typed.trim() !== text) return { accounts: [], activities: [], state: "searching" };
  const asked = text.length > 1 ? [accounts, activities] : [accounts];
  const isAny = (is: "isPaused" | "isError" | "isPending") => asked.some((each) => each[is]);
  return {
    accounts: accounts.data?.pages.flatMap(({ rows }) => rows).slice(0, most) ?? [],
    // Never above what is there already: somebody may be about to choose it.
    activities: accounts.isPending ? [] : (activities.data ?? []),
    state: isAny("isPaused")
      ? "offline"
      : isAny("isError")
        ? "failed"
        : isAny("isPending")
          ? "searching"
          : "done",
  };
}

/** The value once it has stayed the same for a moment; an empty one at once. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), value === "" ? 0 : patience);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
