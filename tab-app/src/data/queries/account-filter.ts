import { renewalDays } from "#contract/overview.ts";
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
  /** Days between which the contract is renewed, both included; `soon` stands for the next of them. */
  readonly renewal: typeof soon | readonly [from: string, to: string] | null;
  /** `unread` stands for those that others have changed since one looked. */
  readonly ids: typeof unread | readonly string[] | null;
  /** The field whose equal values stand together, in the order of these values. */
  readonly group: AccountGroup | null;
  readonly sort: AccountSort;
  readonly isDescending: boolean;
}

export const mine = "me";
export const soon = "soon";
export const unread = "unread";

/** Who looks at a list, and when. */
export interface Viewer {
  /** Null for who works without signing in, and owns no account. */
  readonly userId: string | null;
  /** `2026-11-28`. */
  readonly today: string;
  /** Accounts that others have changed since. */
  readonly unreadIds: readonly string[];
}

/** The filter for a viewer, in which nothing stands for something else. */
export function filterOf(filter: AccountFilter, viewer: Viewer): AccountFilter {
  const { ownerId, renewal, ids } = filter;
  const { userId, today, unreadIds } = viewer;
  return {
    ...filter,
    ownerId: ownerId === mine ? userId : ownerId,
    renewal: renewal === soon ? [today, addDays(today, renewalDays)] : renewal,
    ids: ids === unread ? unreadIds : ids,
  };
}

/** By the calendar: `2026-11-28` and 4 are `2026-12-02`. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** All accounts, by name. */
export const allAccounts: AccountFilter = {
  text: "",
  ownerId: null,
  plan: null,
  status: null,
  renewal: null,
  ids: null,
  group: null,
  sort: "name",
  isDescending: false,
};

/** Whether it keeps anything from being shown. */
export function isFilteringAccounts({ text, ...filter }: AccountFilter): boolean {
  const { ownerId, plan, status, renewal, ids } = filter;
  return text.trim() !== "" || [ownerId, plan, status, renewal, ids].some((each) => each !== null);
}

/**
 * The filter and the order in json-server's parameters, in one canonical order: a part of the request, and the id of
 * the query. Equal values are in the order of names.
 */
export function toAccountsQuery(filter: AccountFilter): string {
  const { ownerId, plan, status, renewal, ids, group, sort, isDescending } = filter;
  const query = new URLSearchParams();
  if (ownerId !== null) query.set("ownerId", ownerId);
  if (plan !== null) query.set("plan", plan);
  if (status !== null) query.set("status", status);
  if (renewal !== null && renewal !== soon) {
    query.set("renewalDate_gte", renewal[0]);
    query.set("renewalDate_lte", renewal[1]);
  }
  // No account has no id.
  if (ids !== null && ids !== unread)
    for (const id of ids.length > 0 ? [...ids].sort() : [""]) query.append("id", id);
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
  return [...new Set(query.keys())].every((name) => {
    if (name.startsWith("_")) return true;
    const [field = "", how] = name.split("_");
    const own = row[field];
    if (own === undefined || own === null) return false;
    const [value = "", ...others] = query.getAll(name);
    if (how === "like") return new RegExp(value, "i").test(String(own));
    if (how === "gte") return String(own) >= value;
    if (how === "lte") return String(own) <= value;
    return [value, ...others].includes(String(own));
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
