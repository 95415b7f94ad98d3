import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { layOnFeed } from "#data/outbox/overlay.ts";
import { feedQuery } from "#data/queries/activity.ts";
import { type FeedFilter, toFeedQuery } from "#data/queries/feed-filter.ts";
import { useData } from "./use-data.ts";
import { useOutbox } from "./use-work.ts";

/** The loaded rows of an account's feed that pass a filter, newest first, with this tab's pending writes laid over them. */
export function useActivityFeed(accountId: string | null, filter: FeedFilter) {
  const query = useInfiniteQuery(feedQuery(useData(), accountId, filter));
  const filterQuery = accountId === null ? null : toFeedQuery(accountId, filter);
  const outbox = useOutbox();
  const rows = useMemo(
    () =>
      layOnFeed(
        query.data?.pages.flatMap((page) => page.rows) ?? [],
        outbox,
        accountId,
        filterQuery,
      ),
    [query.data, outbox, accountId, filterQuery],
  );
  return { rows, query };
}
