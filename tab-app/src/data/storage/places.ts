import * as z from "zod/mini";
import type { TabStorage } from "./tab-storage.ts";

/** An account that this tab has shown, as it was left. */
export interface VisitedPlace {
  readonly accountId: string;
  /** The account's name at that time. */
  readonly title: string;
  /** The URL of the tab, as path and query. */
  readonly url: string;
}

/** The places of this tab in its session, the latest first. */
export interface Places {
  readonly recent: readonly VisitedPlace[];
  visit(place: VisitedPlace): void;
}

/** A query's name begins with a bracket. */
const name = "places";
const most = 8;

const text = z.string().check(z.maxLength(2000));
const storedSchema = z.array(z.object({ accountId: text, title: text, url: text }));

/** `stored` is the tab's query data of before a reload. It belongs to the session, so a sign-out deletes it. */
export function createPlaces(
  storage: Pick<TabStorage, "put">,
  stored: ReadonlyMap<string, unknown>,
): Places {
  const before = storedSchema.safeParse(stored.get(name)).data ?? [];
  let recent: readonly VisitedPlace[] = before.slice(0, most);
  return {
    get recent() {
      return recent;
    },
    visit(place) {
      const others = recent.filter(({ accountId }) => accountId !== place.accountId);
      recent = [place, ...others].slice(0, most);
      storage.put({ kind: "cache", name, value: recent });
    },
  };
}
