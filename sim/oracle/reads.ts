import type { Query } from "@tanstack/react-query";
import type { Tab } from "../tab/tab.ts";
import { queryKeyOf } from "./touches.ts";

/** A read of a query that holds data already. */
export interface Read {
  readonly key: readonly unknown[];
  readonly hash: string;
  readonly query: Query;
  readonly data: unknown;
}

/** What the request reads again, or null for a first read and for a next page. */
export function readAgainBy(tab: Tab, path: string): Read | null {
  const key = queryKeyOf(path);
  const query = tab.open.queryClient.getQueryCache().find({ queryKey: key, exact: true });
  const data = query?.state.data;
  if (!query || data === undefined || query.state.fetchMeta?.fetchMore) return null;
  return { key, hash: query.queryHash, query, data };
}
