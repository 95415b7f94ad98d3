import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { layOnFeed } from "#data/outbox/overlay.ts";
import { useData } from "./use-data.ts";
import { useOutbox } from "./use-work.ts";

/** An account's feed: all loaded rows, newest first, with this tab's unanswered writes laid over them. */
export function useActivityFeed(accountId: string | null) {
  const query = useInfiniteQuery(useData().activity(accountId));
  const outbox = useOutbox();
  const rows = useMemo(
    () => layOnFeed(query.data?.pages.flatMap((page) => page.rows) ?? [], outbox, accountId),
    [query.data, outbox, accountId],
  );
  return { rows, query };
}
