import * as z from "zod/mini";
import type { TabStorage } from "./tab-storage.ts";

/** Where a feed was left. */
export interface FeedPlace {
  /** The first row in view, and how many pixels its top was below that of what scrolls. */
  readonly row: string;
  readonly offset: number;
  /** The row that had the focus last; null for none. */
  readonly focused: string | null;
}

/** Where this tab has left its feeds, by account and filter. */
export interface FeedPlaces {
  get(feed: string): FeedPlace | undefined;
  /** Null for one that was left at its beginning. */
  put(feed: string, place: FeedPlace | null): void;
}

/** A query's name begins with a bracket. */
const name = "feed places";
const most = 50;

const placeSchema = z.object({
  row: z.string(),
  offset: z.number(),
  focused: z.nullable(z.string()),
});
const storedSchema = z.array(z.tuple([z.string(), placeSchema]));

/** `stored` is the tab's query data of before a reload. It belongs to the session, so a sign-out deletes it. */
export function createFeedPlaces(
  storage: Pick<TabStorage, "put">,
  stored: ReadonlyMap<string, unknown>,
): FeedPlaces {
  const places = new Map(storedSchema.safeParse(stored.get(name)).data ?? []);
  return {
    get: (feed) => places.get(feed),
    put(feed, place) {
      // The latest is the last.
      if (!places.delete(feed) && !place) return;
      if (place) places.set(feed, place);
      for (const oldest of places.keys()) if (places.size > most) places.delete(oldest);
      storage.put({ kind: "cache", name, value: [...places] });
    },
  };
}
