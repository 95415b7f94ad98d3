import {
  type InfiniteData,
  InfiniteQueryObserver,
  QueryClient,
  QueryObserver,
} from "@tanstack/react-query";
import { createHarnessTab, type HarnessTab } from "./harness-tab.ts";

export type TextbookWay = "everything" | "selective" | "polling";

interface Activity {
  readonly id: string;
  readonly accountId: string;
  readonly pinned: boolean;
}

/**
 * What people use instead. The writer puts the answered row in place and reads the account's counts
 * again; the other tab invalidates, by the message, everything or the two queries that it names.
 */
export function openTextbookTab(accountId: string, way: TextbookWay): HarnessTab {
  const interval = way === "polling" ? 1000 : false;
  const client = new QueryClient({
    defaultOptions: { queries: { staleTime: 60_000, refetchOnWindowFocus: false } },
  });
  const accountKey = ["account", accountId];
  const activityKey = ["activity", accountId];

  for (const list of ["accounts", "users"])
    new QueryObserver(client, {
      queryKey: [list],
      queryFn: () => send("GET", `/${list}`),
    }).subscribe(() => {});
  new QueryObserver(client, {
    queryKey: accountKey,
    queryFn: () => send("GET", `/accounts/${accountId}`),
    refetchInterval: interval,
  }).subscribe(() => {});
  const feed = new InfiniteQueryObserver(client, {
    queryKey: activityKey,
    queryFn: ({ pageParam }): Promise<Activity[]> =>
      send("GET", `/activities?accountId=${accountId}&_page=${pageParam}&_limit=10`),
    initialPageParam: 1,
    getNextPageParam: (last, _pages, page) => (last.length === 10 ? page + 1 : undefined),
    refetchInterval: interval,
  });
  feed.subscribe(() => {});

  const channel = way === "polling" ? null : new BroadcastChannel("textbook");
  if (channel)
    channel.onmessage = ({ data }: MessageEvent<{ accountId: string }>) => {
      if (way === "everything") return void client.invalidateQueries();
      void client.invalidateQueries({ queryKey: ["account", data.accountId] });
      void client.invalidateQueries({ queryKey: ["activity", data.accountId] });
    };

  const pages = () => client.getQueryData<InfiniteData<Activity[]>>(activityKey)?.pages;
  return createHarnessTab({
    client,
    rows: () => pages()?.flat(),
    pinnedCount: () => client.getQueryData<{ pinnedCount: number }>(accountKey)?.pinnedCount,
    loadMore: () => feed.fetchNextPage(),
    async pin(activityId, pinned) {
      const answer = await send<Activity>("PATCH", `/activities/${activityId}`, { pinned });
      client.setQueryData<InfiniteData<Activity[]>>(activityKey, (data) => {
        const place = (page: Activity[]) =>
          page.map((row) => (row.id === activityId ? answer : row));
        return data && { ...data, pages: data.pages.map(place) };
      });
      void client.invalidateQueries({ queryKey: accountKey });
      channel?.postMessage({ accountId });
    },
  });
}

async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`/api${path}`, {
    method,
    ...(body !== undefined && {
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  return response.json() as Promise<T>;
}
