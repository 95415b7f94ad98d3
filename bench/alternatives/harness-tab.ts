import type { QueryClient } from "@tanstack/react-query";

/** What tab B should show once it has a pin. */
export interface ExpectedPin {
  readonly id: string;
  readonly pinned: boolean;
  readonly pinnedCount: number;
  /** The version of the row before the pin: the server's answer has a higher one. */
  readonly version: number;
}

/** When tab B showed a pin, in milliseconds since the Unix epoch; null for what it did not show in time. */
export interface Shown {
  readonly row: number | null;
  readonly count: number | null;
  /** Both, with the values that the server answered. */
  readonly confirmed: number | null;
}

/** A tab as `bench/pin.ts` drives it. Times are milliseconds since the Unix epoch. */
export interface HarnessTab {
  /** Resolves when everything a tab reads is there, and that many pages of the feed. */
  load(pages: number): Promise<void>;
  /** Pins by what a click would call. Returns when it was clicked. */
  pin(activityId: string, pinned: boolean): number;
  /** Resolves when the pin is shown and confirmed, and after `limit` milliseconds in any case. */
  whenShown(expected: ExpectedPin, limit: number): Promise<Shown>;
}

/** What a tab shows now of one row and the account's count. */
export interface View {
  readonly pinned: boolean | undefined;
  readonly pinnedCount: number | undefined;
  readonly isConfirmed: boolean;
}

/** What the ways differ in. */
export interface HarnessParts {
  readonly client: QueryClient;
  /** Of what is cached; undefined while nothing is. */
  rows():
    | readonly { readonly id: string; readonly pinned: boolean; readonly version: number }[]
    | undefined;
  pinnedCount(): number | undefined;
  /** True for a count that the writer computed and the server has not answered. */
  isCountGuessed?(): boolean;
  loadMore(): Promise<unknown>;
  pin(activityId: string, pinned: boolean): Promise<unknown>;
}

export function createHarnessTab({ client, ...way }: HarnessParts): HarnessTab {
  const subscribe = (listener: () => void) => client.getQueryCache().subscribe(listener);
  const isGuessed = way.isCountGuessed ?? (() => false);

  return {
    async load(pages) {
      const isThere = () => way.rows() !== undefined && way.pinnedCount() !== undefined;
      await when(subscribe, isThere);
      while ((way.rows()?.length ?? 0) < pages * 10) await way.loadMore();
      await when(subscribe, () => client.isFetching() === 0);
    },
    pin(activityId, pinned) {
      const clicked = now();
      way.pin(activityId, pinned).catch(() => {});
      return clicked;
    },
    whenShown: ({ version, ...expected }, limit) =>
      watch(subscribe, expected, limit, () => {
        const row = way.rows()?.find(({ id }) => id === expected.id);
        return {
          pinned: row?.pinned,
          pinnedCount: way.pinnedCount(),
          isConfirmed: (row?.version ?? 0) > version && !isGuessed(),
        };
      }),
  };
}

/** Notes when a view first shows what is expected, and goes on showing it. */
export function watch(
  subscribe: (listener: () => void) => () => void,
  expected: Pick<ExpectedPin, "pinned" | "pinnedCount">,
  limit: number,
  view: () => View,
): Promise<Shown> {
  const shown: { -readonly [K in keyof Shown]: Shown[K] } = {
    row: null,
    count: null,
    confirmed: null,
  };
  const look = () => {
    const { pinned, pinnedCount, isConfirmed } = view();
    shown.row = pinned === expected.pinned ? (shown.row ?? now()) : null;
    shown.count = pinnedCount === expected.pinnedCount ? (shown.count ?? now()) : null;
    if (shown.row && shown.count && isConfirmed) shown.confirmed = now();
    return shown.confirmed !== null;
  };
  const late = new Promise<void>((resolve) => setTimeout(resolve, limit));
  return Promise.race([when(subscribe, look), late]).then(() => shown);
}

export function now(): number {
  return performance.timeOrigin + performance.now();
}

function when(
  subscribe: (listener: () => void) => () => void,
  isTrue: () => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    if (isTrue()) return resolve();
    const unsubscribe = subscribe(() => {
      if (!isTrue()) return;
      unsubscribe();
      resolve();
    });
  });
}
