import { type FeedFilter, noFilter } from "#data/queries/feed-filter.ts";

/** The parameters of a URL that a filter of the feed uses. */
export const filterParams = ["kind", "by", "pinned", "from", "to", "find"] as const;

/** Parses a filter. Never throws: what is not understood filters nothing. */
export function parseFilter(params: URLSearchParams): FeedFilter {
  const author = params.get("by") ?? "";
  return {
    kinds: (params.get("kind") ?? "")
      .split(",")
      .filter((kind) => kind.length > 0 && kind.length <= 60),
    authorId: author.length > 0 && author.length <= 200 ? author : null,
    pinned: params.get("pinned") === "1",
    from: timeOf(params.get("from")),
    to: timeOf(params.get("to")),
    text: (params.get("find") ?? noFilter.text).slice(0, 200),
  };
}

/** In the order of `filterParams`, so that equal filters have equal URLs. */
export function writeFilter(params: URLSearchParams, filter: FeedFilter): void {
  for (const name of filterParams) params.delete(name);
  if (filter.kinds.length > 0) params.set("kind", [...new Set(filter.kinds)].sort().join());
  if (filter.authorId !== null) params.set("by", filter.authorId);
  if (filter.pinned) params.set("pinned", "1");
  if (filter.from !== null) params.set("from", filter.from);
  if (filter.to !== null) params.set("to", filter.to);
  if (filter.text.trim()) params.set("find", filter.text.trim());
}

/** An instant, so that a link shows the same rows in every time zone. */
function timeOf(text: string | null): string | null {
  const time = text !== null && /^\d{4}-/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
