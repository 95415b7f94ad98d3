import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { layOnFeed } from "#data/outbox/overlay.ts";
import { activityQuery } from "#data/queries/activity.ts";
import { useData } from "./use-data.ts";
import { useOutbox } from "./use-work.ts";

/** All loaded rows of an account's feed, newest first, with this tab's pending writes laid over them. */
export function useActivityFeed(accountId: string | null) {
  const query = useInfiniteQuery(activityQuery(useData(), accountId));
  const outbox = useOutbox();
  const rows = useMemo(
    () => layOnFeed(query.data?.pages.flatMap((page) => page.rows) ?? [], outbox, accountId),
    [query.data, outbox, accountId],
  );
  return { rows, query };
}
