import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Activity } from "#contract/rows.ts";
import { layOnFeed } from "#data/outbox/overlay.ts";
import { feedQuery } from "#data/queries/activity.ts";
import { type FeedFilter, toFeedQuery } from "#data/queries/feed-filter.ts";
import { useData } from "./use-data.ts";
import { useJoinedRows } from "./use-joined-rows.ts";
import { useOutbox } from "./use-work.ts";

const none: readonly Activity[] = [];

/** The loaded rows of an account's feed that pass a filter, newest first, with this tab's pending writes laid over them. */
export function useActivityFeed(accountId: string | null, filter: FeedFilter) {
  const query = useInfiniteQuery(feedQuery(useData(), accountId, filter));
  const filterQuery = accountId === null ? null : toFeedQuery(accountId, filter);
  const outbox = useOutbox();
  const loaded = useJoinedRows(query.data?.pages) ?? none;
  const rows = useMemo(
    () => layOnFeed(loaded, outbox, accountId, filterQuery),
    [loaded, outbox, accountId, filterQuery],
  );
  return { rows, query };
}
