import { useInfiniteQuery } from "@tanstack/react-query";
import { filteredActivityQuery } from "#data/queries/activity.ts";
import { toWeekQuery } from "#data/queries/feed-filter.ts";
import { useData } from "./use-data.ts";
import { useJoinedRows } from "./use-joined-rows.ts";

/**
 * The loaded activities of all accounts in the week that begins on a Monday, newest first. As with the number that counts
 * them, a write of this tab is among them once the server has confirmed it.
 */
export function useWeekActivities(monday: string) {
  const query = useInfiniteQuery(filteredActivityQuery(useData(), toWeekQuery(monday)));
  return { rows: useJoinedRows(query.data?.pages) ?? [], query };
}
