import { separator } from "./row-text.ts";

/** A query that the indexes answer. */
export interface ListQuery {
  /** By field: the values of which a row has one. */
  readonly equal: ReadonlyMap<string, readonly string[]>;
  readonly ids: readonly string[] | null;
  /** Days between which a field is, both included; "" for no bound. */
  readonly ranges: readonly {
    readonly field: string;
    readonly from: string;
    readonly to: string;
  }[];
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
const indexed: Readonly<Record<string, Indexed>> = {
  activities: { equal: ["accountId", "kind", "authorId", "pinned"], days: [], sort: [] },
  tasks: { equal: ["accountId", "assigneeId", "done"], days: ["dueDate"], sort: [] },
  accounts: {
    equal: ["ownerId", "plan", "status"],
    days: ["renewalDate"],
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

interface Indexed {
  readonly equal: readonly string[];
  /** Days, `2026-01-31`, which are looked at row by row. */
  readonly days: readonly string[];
  readonly sort: readonly string[];
}

/** Reads a query that has been checked, or returns `null` for one that is left to json-server. */
export function readListQuery(resource: string, query: URLSearchParams): ListQuery | null {
  const fields = indexed[resource] ?? { equal: [], days: [], sort: [] };
  const ranges = fields.days
    .map((field) => {
      const [from = "", to = ""] = [`${field}_gte`, `${field}_lte`].map(
        (name) => query.get(name) ?? "",
      );
      return { field, from, to };
    })
    .filter(({ from, to }) => from !== "" || to !== "");
  const equal = new Map<string, readonly string[]>();
  for (const name of query.keys()) {
    if (controls.has(name)) continue;
    if (name === "id") continue;
    if (resource === "accounts" && name === "name_like") continue;
    if (resource === "activities" && (name === "at_lte" || name === "at_gte")) continue;
    const [, field = "", bound] = /^(.*)_([gl]te)$/.exec(name) ?? [];
    if (bound && fields.days.includes(field)) {
      // Compared with an empty text, or with several, json-server has its own ways.
      if (query.getAll(name).length > 1 || query.get(name) === "") return null;
      continue;
    }
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
    ranges,
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
