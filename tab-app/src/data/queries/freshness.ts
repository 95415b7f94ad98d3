import { asOf } from "#sync";

export interface Freshness {
  /** Whether changes reach this tab by themselves. */
  readonly isLive: () => boolean;
}

/** What react-query hands to an option that is a function. */
interface Held {
  readonly state: { readonly data: unknown };
}

/**
 * For data that would be trusted for `ms` if nobody told of changes. While somebody does, age means
 * nothing: what changed is marked, and the rest is not read again. Of data without an as-of nobody
 * ever tells: while it is looked at, it is read again at that age.
 */
export function freshFor(ms: number, { isLive }: Freshness) {
  return {
    staleTime: ({ state }: Held) => (isLive() && asOf(state.data) ? Number.POSITIVE_INFINITY : ms),
    refetchInterval: ({ state }: Held) => (state.data && !asOf(state.data) ? ms : false),
  };
}
