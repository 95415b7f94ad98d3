import type { InfiniteData, QueryClient, QueryKey } from "@tanstack/react-query";

interface Page {
  readonly rows: readonly unknown[];
  /** Whether rows follow this page. */
  readonly more: boolean;
}

interface PageContext {
  readonly client: QueryClient;
  readonly queryKey: QueryKey;
  readonly signal: AbortSignal;
  readonly pageParam: unknown;
}

/** What a refetch read beyond the pages handed out so far. All pages of one fetch share its signal. */
const left = new WeakMap<AbortSignal, { answer: Page; size: number }>();

/**
 * The `queryFn` of an infinite query whose refetch costs one request, however many pages are loaded.
 * react-query asks for the pages one by one: the first is read as large as everything loaded, and the
 * others are cut from that answer, which also makes them of one revision.
 *
 * `read` is given the cursor (null for the beginning) and how many rows to ask for.
 */
export function createPageReader<P extends Page, C>(
  pageSize: number,
  read: (cursor: C | null, limit: number, signal: AbortSignal) => Promise<P>,
): (context: PageContext) => Promise<P> {
  return async ({ client, queryKey, signal, pageParam }) => {
    const cursor = pageParam as C | null;
    const rest = cursor === null ? undefined : left.get(signal);
    if (rest) return cut(signal, rest.answer as P, rest.size);
    if (cursor !== null) return read(cursor, pageSize, signal);

    const pages = client.getQueryData<InfiniteData<P>>(queryKey)?.pages ?? [];
    const loaded = pages.reduce((sum, page) => sum + page.rows.length, 0);
    const limit = Math.max(pageSize, loaded);
    const answer = await read(null, limit, signal);
    return cut(signal, answer, Math.max(pageSize, Math.ceil(limit / (pages.length || 1))));
  };
}

function cut<P extends Page>(signal: AbortSignal, answer: P, size: number): P {
  const rows = answer.rows.slice(size);
  left.set(signal, { answer: { ...answer, rows }, size });
  return {
    ...answer,
    rows: answer.rows.slice(0, size),
    more: rows.length > 0 || answer.more,
  };
}
