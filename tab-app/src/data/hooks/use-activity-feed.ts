import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { Activity } from "#contract/rows.ts";
import { layOnFeed } from "#data/outbox/overlay.ts";
import { feedQuery } from "#data/queries/activity.ts";
import { type FeedFilter, toFeedQuery } from "#data/queries/feed-filter.ts";
import { createPageJoin } from "#data/queries/join-pages.ts";
import { useData } from "./use-data.ts";
import { useOutbox } from "./use-work.ts";

/** The loaded rows of an account's feed that pass a filter, newest first, with this tab's pending writes laid over them. */
export function useActivityFeed(accountId: string | null, filter: FeedFilter) {
  const query = useInfiniteQuery(feedQuery(useData(), accountId, filter));
  const filterQuery = accountId === null ? null : toFeedQuery(accountId, filter);
  const outbox = useOutbox();
  const [join] = useState(() => createPageJoin<Activity>());
  const loaded = useMemo(() => join(query.data?.pages ?? []), [join, query.data]);
  const rows = useMemo(
    () => layOnFeed(loaded, outbox, accountId, filterQuery),
    [loaded, outbox, accountId, filterQuery],
  );
  return { rows, query };
}
