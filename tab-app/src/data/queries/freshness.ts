import { asOf } from "#sync";

/** What react-query passes to an option that is a function. */
interface HeldQuery {
  readonly state: { readonly data: unknown };
}

/**
 * Options for data that is fresh for `milliseconds` while no change stream reports changes to it. While
 * one does, age means nothing: what changed is marked, and the rest is not read again. No stream reports
 * changes to data without an as-of: it is read again at that age while it is in view.
 */
export function freshFor(milliseconds: number, isLive: () => boolean) {
  return {
    staleTime: ({ state }: HeldQuery) =>
      isLive() && asOf(state.data) ? Number.POSITIVE_INFINITY : milliseconds,
    refetchInterval: ({ state }: HeldQuery) =>
      state.data && !asOf(state.data) ? milliseconds : false,
  };
}
