export interface Freshness {
  /** Whether changes reach this tab by themselves. */
  readonly isLive: () => boolean;
}

/**
 * react-query's `staleTime` for data that would be trusted for `ms` if nobody told of changes. While
 * somebody does, age means nothing: what changed is marked, and the rest is not read again.
 */
export function freshFor(ms: number, { isLive }: Freshness): () => number {
  return () => (isLive() ? Number.POSITIVE_INFINITY : ms);
}
