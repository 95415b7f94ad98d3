import { broadcastQueryClient } from "@tanstack/query-broadcast-client-experimental";
import {
  type InfiniteData,
  InfiniteQueryObserver,
  QueryClient,
  QueryObserver,
} from "@tanstack/react-query";
import { createHarnessTab, type HarnessTab } from "./harness-tab.ts";
import { send } from "./send.ts";

export type TextbookWay = "everything" | "selective" | "polling" | "query-client";

interface Activity {
  readonly id: string;
  readonly accountId: string;
  readonly pinned: boolean;
  readonly version: number;
}

interface Account {
  readonly pinnedCount: number;
  /** Set by a writer that does not wait for the server. */
  readonly isGuessed?: true;
}

/**
 * What people use instead. The writer puts the answered row in place and reads the account's counts
 * again; the other tab invalidates, by the message, everything or the two queries that it names. The
 * way `query-client` copies the cache from tab to tab, with what the writer expects of the server.
 */
export function openTextbookTab(accountId: string, way: TextbookWay): HarnessTab {
  const interval = way === "polling" ? 1000 : false;
  const client = new QueryClient({
    defaultOptions: { queries: { staleTime: 60_000, refetchOnWindowFocus: false } },
  });
  const accountKey = ["account", accountId];
  const activityKey = ["activity", accountId];
  if (way === "query-client") broadcastQueryClient({ queryClient: client });

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

  const isMessaging = way === "everything" || way === "selective";
  const channel = isMessaging ? new BroadcastChannel("textbook") : null;
  if (channel)
    channel.onmessage = ({ data }: MessageEvent<{ accountId: string }>) => {
      if (way === "everything") return void client.invalidateQueries();
      void client.invalidateQueries({ queryKey: ["account", data.accountId] });
      void client.invalidateQueries({ queryKey: ["activity", data.accountId] });
    };

  const pages = () => client.getQueryData<InfiniteData<Activity[]>>(activityKey)?.pages;
  const account = () => client.getQueryData<Account>(accountKey);
  function place(activityId: string, change: (row: Activity) => Activity) {
    client.setQueryData<InfiniteData<Activity[]>>(activityKey, (data) => {
      const inPage = (page: Activity[]) =>
        page.map((row) => (row.id === activityId ? change(row) : row));
      return data && { ...data, pages: data.pages.map(inPage) };
    });
  }

  return createHarnessTab({
    client,
    rows: () => pages()?.flat(),
    pinnedCount: () => account()?.pinnedCount,
    isCountGuessed: () => account()?.isGuessed ?? false,
    loadMore: () => feed.fetchNextPage(),
    async pin(activityId, pinned) {
      if (way === "query-client") {
        place(activityId, (row) => ({ ...row, pinned }));
        client.setQueryData<Account>(
          accountKey,
          (data) =>
            data && {
              ...data,
              pinnedCount: data.pinnedCount + (pinned ? 1 : -1),
              isGuessed: true,
            },
        );
      }
      const answer = await send<Activity>("PATCH", `/activities/${activityId}`, { pinned });
      place(activityId, () => answer);
      void client.invalidateQueries({ queryKey: accountKey });
      channel?.postMessage({ accountId });
    },
  });
}
