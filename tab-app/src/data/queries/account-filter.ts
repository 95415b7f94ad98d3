import type { AccountDetails } from "#contract/rows.ts";

export const accountSorts = ["name", "mrr", "lastActivityAt", "renewalDate"] as const;
export type AccountSort = (typeof accountSorts)[number];

export const accountGroups = ["ownerId", "plan", "status"] as const;
export type AccountGroup = (typeof accountGroups)[number];

/** Which accounts a list shows, and in which order. */
export interface AccountFilter {
  /** Occurs in the name, in any case. */
  readonly text: string;
  /** `mine` stands for who is signed in. */
  readonly ownerId: string | null;
  readonly plan: string | null;
  readonly status: string | null;
  /** The field whose equal values stand together, in the order of these values. */
  readonly group: AccountGroup | null;
  readonly sort: AccountSort;
  readonly isDescending: boolean;
}

export const mine = "me";

/** The filter for a user; null for who works without signing in, and owns no account. */
export function filterOf(filter: AccountFilter, userId: string | null): AccountFilter {
  return filter.ownerId === mine ? { ...filter, ownerId: userId } : filter;
}

/** All accounts, by name. */
export const allAccounts: AccountFilter = {
  text: "",
  ownerId: null,
  plan: null,
  status: null,
  group: null,
  sort: "name",
  isDescending: false,
};

/** Whether it keeps anything from being shown. */
export function isFilteringAccounts({ text, ownerId, plan, status }: AccountFilter): boolean {
  return text.trim() !== "" || ownerId !== null || plan !== null || status !== null;
}

/**
 * The filter and the order in json-server's parameters, in one canonical order: a part of the request, and the id of
 * the query. Equal values are in the order of names.
 */
export function toAccountsQuery(filter: AccountFilter): string {
  const { ownerId, plan, status, group, sort, isDescending } = filter;
  const query = new URLSearchParams();
  if (ownerId !== null) query.set("ownerId", ownerId);
  if (plan !== null) query.set("plan", plan);
  if (status !== null) query.set("status", status);
  const text = filter.text.trim();
  // A text as a regular expression, which is what json-server takes.
  if (text) query.set("name_like", text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  const keys = [
    ...(group ? [[group, "asc"]] : []),
    [sort, isDescending ? "desc" : "asc"],
    ...(sort === "name" ? [] : [["name", "asc"]]),
  ];
  query.set("_sort", keys.map(([field]) => field).join());
  query.set("_order", keys.map(([, order]) => order).join());
  return String(query);
}

/** Whether json-server would answer the query with the row, which is given as served. */
export function passesAccountsQuery(
  query: URLSearchParams,
  row: Readonly<Record<string, unknown>>,
) {
  return [...query].every(([name, value]) => {
    if (name.startsWith("_")) return true;
    const own = row[name === "name_like" ? "name" : name];
    if (own === undefined || own === null) return false;
    return name === "name_like" ? new RegExp(value, "i").test(String(own)) : String(own) === value;
  });
}

/** What an order compares. */
export type OrderedAccount = Pick<AccountDetails, AccountSort | AccountGroup>;

/** The order of a query, as json-server sorts: null comes behind all values and what is missing behind null. */
export function accountOrder(query: URLSearchParams) {
  const orders = query.get("_order")?.split(",") ?? [];
  const keys = (query.get("_sort") ?? "").split(",").map((field, at) => ({
    field: field as AccountSort | AccountGroup,
    sign: orders[at] === "desc" ? -1 : 1,
  }));
  return (a: OrderedAccount, b: OrderedAccount): number => {
    for (const { field, sign } of keys) {
      const result = compareValues(a[field], b[field]);
      if (result !== 0) return result * sign;
    }
    return 0;
  };
}

export type AccountOrder = ReturnType<typeof accountOrder>;

/** Whether a field has a part in the order. */
export function isSortedBy(query: URLSearchParams, field: AccountSort | AccountGroup): boolean {
  return query.get("_sort")?.split(",").includes(field) ?? false;
}

type Value = string | number | null | undefined;

function compareValues(a: Value, b: Value): number {
  if (a === b) return 0;
  if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}
