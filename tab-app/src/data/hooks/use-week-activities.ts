import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { Activity } from "#contract/rows.ts";
import { filteredActivityQuery } from "#data/queries/activity.ts";
import { toWeekQuery } from "#data/queries/feed-filter.ts";
import { createPageJoin } from "#data/queries/join-pages.ts";
import { useData } from "./use-data.ts";

/**
 * The loaded activities of all accounts in the week that begins on a Monday, newest first. As with the number that counts
 * them, a write of this tab is among them once the server has confirmed it.
 */
export function useWeekActivities(monday: string) {
  const query = useInfiniteQuery(filteredActivityQuery(useData(), toWeekQuery(monday)));
  const [join] = useState(() => createPageJoin<Activity>());
  const rows = useMemo(() => join(query.data?.pages ?? []), [join, query.data]);
  return { rows, query };
}
