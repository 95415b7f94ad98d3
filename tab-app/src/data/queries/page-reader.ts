import type { InfiniteData, QueryClient, QueryKey } from "@tanstack/react-query";

export interface Page {
  readonly rows: readonly unknown[];
  /** Whether rows follow this page. */
  readonly more: boolean;
}

interface PageContext {
  readonly client: QueryClient;
  readonly queryKey: QueryKey;
  readonly signal: AbortSignal;
  readonly pageParam?: unknown;
}

/** The rows of a refetch that no page has taken yet, by the signal that all pages of one fetch share. */
const remaining = new WeakMap<AbortSignal, { answer: Page; size: number }>();

/**
 * The `queryFn` of an infinite query whose refetch costs one request, however many pages are loaded.
 * react-query reads the pages one by one: the first is read as large as everything loaded, and the
 * others are cut from that answer, so that all are of one revision.
 *
 * `read` takes the cursor (null for the beginning), the number of rows, and the pages that are loaded before it.
 */
export function createPageReader<P extends Page, C>(
  pageSize: number,
  read: (cursor: C | null, limit: number, signal: AbortSignal, loaded: readonly P[]) => Promise<P>,
): (context: PageContext) => Promise<P> {
  return async ({ client, queryKey, signal, pageParam }) => {
    const cursor = pageParam as C | null;
    const rest = cursor === null ? undefined : remaining.get(signal);
    if (rest) return cut(signal, rest.answer as P, rest.size);
    const pages = client.getQueryData<InfiniteData<P>>(queryKey)?.pages ?? [];
    if (cursor !== null) return read(cursor, pageSize, signal, pages);

    const loaded = pages.reduce((sum, page) => sum + page.rows.length, 0);
    const limit = Math.max(pageSize, loaded);
    const answer = await read(null, limit, signal, []);
    return cut(signal, answer, Math.max(pageSize, Math.ceil(limit / (pages.length || 1))));
  };
}

function cut<P extends Page>(signal: AbortSignal, answer: P, size: number): P {
  const rows = answer.rows.slice(size);
  remaining.set(signal, { answer: { ...answer, rows }, size });
  return {
    ...answer,
    rows: answer.rows.slice(0, size),
    more: rows.length > 0 || answer.more,
  };
}
