import { useInfiniteQuery, useMutationState } from "@tanstack/react-query";
import { useMemo } from "react";
import { pinKey } from "./activity.ts";
import { layPins, type PendingPin } from "./pending-pins.ts";
import { useData } from "./use-data.ts";

/** An account's feed: all loaded rows, newest first, with this tab's unanswered pins laid over them. */
export function useActivityFeed(accountId: string | null) {
  const query = useInfiniteQuery(useData().activity(accountId));
  const pending = useMutationState({
    filters: { mutationKey: [pinKey("")[0]], status: "pending" },
    select: ({ options, state }): PendingPin => ({
      activityId: String(options.mutationKey?.[1]),
      pinned: (state.variables as { pinned: boolean }).pinned,
    }),
  });
  const rows = useMemo(
    () => layPins(query.data?.pages.flatMap((page) => page.rows) ?? [], pending),
    [query.data, pending],
  );
  return { rows, query };
}
