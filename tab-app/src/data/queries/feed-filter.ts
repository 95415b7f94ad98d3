import { addDays } from "./account-filter.ts";

/** Which activities a feed shows. Nothing is set: all of the account. */
export interface FeedFilter {
  /** Any of these kinds; empty for all. */
  readonly kinds: readonly string[];
  readonly authorId: string | null;
  /** Only pinned rows. */
  readonly pinned: boolean;
  /** RFC 3339 in UTC with milliseconds, both inclusive. */
  readonly from: string | null;
  readonly to: string | null;
  /** Occurs in any field of the row, in any case. */
  readonly text: string;
}

export const noFilter: FeedFilter = {
  kinds: [],
  authorId: null,
  pinned: false,
  from: null,
  to: null,
  text: "",
};

/** Whether it keeps anything from being shown. */
export function isFiltering(filter: FeedFilter): boolean {
  return toFeedQuery("", filter) !== null;
}

/**
 * The filter in json-server's parameters, in one canonical order: a part of the request, and the id of the query.
 * Null for a filter that lets everything pass.
 */
export function toFeedQuery(accountId: string, filter: FeedFilter): string | null {
  const query = new URLSearchParams({ accountId });
  for (const kind of [...new Set(filter.kinds)].sort()) query.append("kind", kind);
  if (filter.authorId !== null) query.set("authorId", filter.authorId);
  if (filter.pinned) query.set("pinned", "true");
  if (filter.from !== null) query.set("at_gte", filter.from);
  if (filter.to !== null) query.set("at_lte", filter.to);
  const text = filter.text.trim();
  if (text) query.set("q", text);
  return query.size > 1 ? String(query) : null;
}

/** The activities of all accounts in the week that begins on a Monday, `2026-11-23`, in UTC: as the overview counts them. */
export function toWeekQuery(monday: string): string {
  const at = { at_gte: `${monday}T00:00:00.000Z`, at_lte: `${addDays(monday, 6)}T23:59:59.999Z` };
  return String(new URLSearchParams(at));
}

/** Whether json-server would answer the query with the row, which is given as served. */
export function passesFeedQuery(query: URLSearchParams, row: Readonly<Record<string, unknown>>) {
  return [...new Set(query.keys())].every((name) => {
    const values = query.getAll(name);
    const [value = ""] = values;
    if (name === "q") return hasText(row, value.toLowerCase());
    if (name === "at_gte") return String(row.at) >= value;
    if (name === "at_lte") return String(row.at) <= value;
    return values.includes(String(row[name]));
  });
}

/** As json-server searches: every stored value, however deep. The version is derived, and not stored. */
function hasText({ version: _, ...stored }: Readonly<Record<string, unknown>>, text: string) {
  return containsText(stored, text);
}

function containsText(value: unknown, text: string): boolean {
  if (!value) return false;
  if (typeof value === "object")
    return Object.values(value).some((each) => containsText(each, text));
  return String(value).toLowerCase().includes(text);
}
