import { InfiniteQueryObserver, QueryClient } from "@tanstack/react-query";
import { afterEach, describe, expect, test } from "vitest";
import { createPageReader } from "./page-reader.ts";

interface NumbersPage {
  readonly rows: readonly number[];
  readonly more: boolean;
}

const queryClient = new QueryClient();
afterEach(() => queryClient.clear());

/** A feed of the numbers below `size`, newest (highest) first; the cursor is the last number held. */
function createFeed(size: number) {
  const feed = { size };
  const requests: { cursor: number | null; limit: number }[] = [];
  const observer = new InfiniteQueryObserver(queryClient, {
    queryKey: ["numbers"],
    queryFn: createPageReader<NumbersPage, number>(10, async (cursor, limit) => {
      requests.push({ cursor, limit });
      const from = cursor ?? feed.size;
      const rows = Array.from({ length: Math.min(limit, from) }, (_, at) => from - 1 - at);
      return { rows, more: from > limit };
    }),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.more ? last.rows.at(-1) : undefined),
    retry: false,
  });
  return { feed, requests, observer };
}

const rowsOf = (observer: ReturnType<typeof createFeed>["observer"]) =>
  observer.getCurrentResult().data?.pages.flatMap((page) => page.rows);

describe("an infinite query with this reader", () => {
  test("reads page by page as the user asks for more", async () => {
    const { observer, requests } = createFeed(25);
    await observer.refetch();
    await observer.fetchNextPage();
    await observer.fetchNextPage();
    expect(requests).toEqual([
      { cursor: null, limit: 10 },
      { cursor: 15, limit: 10 },
      { cursor: 5, limit: 10 },
    ]);
    expect(rowsOf(observer)).toHaveLength(25);
    expect(observer.getCurrentResult().hasNextPage).toBe(false);
  });

  test("reads fifty loaded pages again by one request", async () => {
    const { observer, requests, feed } = createFeed(600);
    await observer.refetch();
    for (let page = 1; page < 50; page++) await observer.fetchNextPage();
    requests.length = 0;
    feed.size = 603;
    await observer.refetch();
    expect(requests).toEqual([{ cursor: null, limit: 500 }]);
    expect(observer.getCurrentResult().data?.pages).toHaveLength(50);
    expect(rowsOf(observer)?.slice(0, 4)).toEqual([602, 601, 600, 599]);
    expect(rowsOf(observer)).toHaveLength(500);
    await observer.fetchNextPage();
    expect(rowsOf(observer)).toEqual(Array.from({ length: 510 }, (_, at) => 602 - at));
  });

  test("has fewer pages when rows went away meanwhile", async () => {
    const { observer, feed } = createFeed(30);
    await observer.refetch();
    await observer.fetchNextPage();
    feed.size = 4;
    await observer.refetch();
    expect(rowsOf(observer)).toEqual([3, 2, 1, 0]);
    expect(observer.getCurrentResult().hasNextPage).toBe(false);
  });
});
