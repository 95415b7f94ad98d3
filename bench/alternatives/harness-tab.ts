import type { QueryClient } from "@tanstack/react-query";

/** A tab without a screen, as `bench/pin.ts` drives it. Times are milliseconds since the Unix epoch. */
export interface HarnessTab {
  /** Resolves when everything a tab reads is there, and that many pages of the feed. */
  load(pages: number): Promise<void>;
  /** Pins by what a click would call. Returns when it was clicked. */
  pin(activityId: string, pinned: boolean): number;
  /** Resolves with the time when both the row and the account's count are what they should be. */
  whenShown(activityId: string, pinned: boolean, pinnedCount: number): Promise<number>;
}

/** What the ways differ in. */
export interface HarnessParts {
  readonly client: QueryClient;
  /** Of what is cached; undefined while nothing is. */
  rows(): readonly { readonly id: string; readonly pinned: boolean }[] | undefined;
  pinnedCount(): number | undefined;
  loadMore(): Promise<unknown>;
  pin(activityId: string, pinned: boolean): Promise<unknown>;
}

export function createHarnessTab({ client, ...way }: HarnessParts): HarnessTab {
  function when(isTrue: () => boolean): Promise<number> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isTrue()) return;
        unsubscribe();
        resolve(performance.timeOrigin + performance.now());
      };
      const unsubscribe = client.getQueryCache().subscribe(look);
      look();
    });
  }

  return {
    async load(pages) {
      await when(() => way.rows() !== undefined && way.pinnedCount() !== undefined);
      while ((way.rows()?.length ?? 0) < pages * 10) await way.loadMore();
      await when(() => client.isFetching() === 0);
    },
    pin(activityId, pinned) {
      void way.pin(activityId, pinned);
      return performance.timeOrigin + performance.now();
    },
    whenShown: (activityId, pinned, pinnedCount) =>
      when(
        () =>
          way.pinnedCount() === pinnedCount &&
          way.rows()?.find((row) => row.id === activityId)?.pinned === pinned,
      ),
  };
}
