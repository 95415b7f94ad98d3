import { separator } from "./row-text.ts";

/** A query that the indexes answer. */
export interface ListQuery {
  /** By field: the values of which a row has one. */
  readonly equal: ReadonlyMap<string, readonly string[]>;
  readonly ids: readonly string[] | null;
  readonly atLeast: string | null;
  readonly atMost: string | null;
  /** What the name has to match: a text, as a regular expression. */
  readonly nameLike: string | null;
  /** In lower case. */
  readonly text: string;
  readonly sort: { readonly fields: readonly string[]; readonly orders: readonly string[] } | null;
  /** As they are in the query. */
  readonly part: Readonly<Record<"_page" | "_limit" | "_start" | "_end", string | null>>;
}

/**
 * Fields by whose value rows are found, and fields by which they are sorted. Their schemas say that a field has one
 * kind of value in all rows, which the order of mixed values would not survive.
 */
const indexed: Readonly<Record<string, { equal: readonly string[]; sort: readonly string[] }>> = {
  activities: { equal: ["accountId", "kind", "authorId", "pinned"], sort: [] },
  accounts: {
    equal: ["ownerId", "plan", "status"],
    sort: [
      "name",
      "plan",
      "status",
      "industry",
      "city",
      "since",
      "mrr",
      "renewalDate",
      "lastActivityAt",
    ],
  },
};

/** Reads a query that has been checked, or returns `null` for one that is left to json-server. */
export function readListQuery(resource: string, query: URLSearchParams): ListQuery | null {
  const fields = indexed[resource] ?? { equal: [], sort: [] };
  const equal = new Map<string, readonly string[]>();
  for (const name of query.keys()) {
    if (controls.has(name)) continue;
    if (name === "id") continue;
    if (resource === "accounts" && name === "name_like") continue;
    if (resource === "activities" && (name === "at_lte" || name === "at_gte")) continue;
    if (!fields.equal.includes(name)) return null;
    equal.set(name, query.getAll(name));
  }
  const text = (query.get("q") ?? "").toLowerCase();
  if (text.includes(separator)) return null;
  const names = query.get("_sort")?.split(",") ?? [];
  if (!names.every((name) => fields.sort.includes(name))) return null;
  const orders = (query.get("_order") ?? "").split(",").map((order) => order.toLowerCase());
  return {
    equal,
    ids: query.has("id") ? query.getAll("id") : null,
    atLeast: query.get("at_gte"),
    atMost: query.get("at_lte"),
    nameLike: query.get("name_like"),
    text,
    sort: names.length > 0 ? { fields: names, orders } : null,
    part: {
      _page: query.get("_page"),
      _limit: query.get("_limit"),
      _start: query.get("_start"),
      _end: query.get("_end"),
    },
  };
}

const controls = new Set(["q", "_sort", "_order", "_page", "_limit", "_start", "_end"]);
