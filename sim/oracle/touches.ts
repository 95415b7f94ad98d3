import { overviewMovedSchema, overviewRow } from "#contract/overview.ts";
import type { AccountPages } from "#data/queries/account-pages.ts";
import type { Change } from "#sync";

/**
 * Whether a change may alter what the API serves for a query: the oracle's own version of the rules in
 * `data/queries`, in terms of the API, so that those are measured against something independent. A kind
 * without a line here is a collection of its name, whole or of one account.
 */
export function touches([kind, id]: readonly unknown[], { resource, ...change }: Change): boolean {
  if (kind === "filtered activity") {
    const of = new URLSearchParams(String(id)).get("accountId");
    return resource === "activities" && (of === null || of === change.parents.accountId);
  }
  if (kind === "account list")
    return resource === "accounts" || (resource === "activities" && isByActivity(id));
  if (kind === "overview") return movesOverview({ resource, ...change });
  if (kind === "due tasks") return resource === "tasks";
  const isOfAccount = change.parents.accountId === id;
  if (kind === "account")
    return (
      (resource === "accounts" && change.id === id) || (resource === "activities" && isOfAccount)
    );
  const read = kind === "activity" ? "activities" : kind;
  return resource === read && (id === undefined || isOfAccount);
}

const hasCounts = ({ derived, parents }: Change) =>
  Boolean(derived?.[`accounts/${parents.accountId}`]);

/** By the API's word: which row counts how is known to it, and what it says is measured by what tabs show. */
function movesOverview({ resource, derived, rev }: Change): boolean {
  if (!["accounts", "activities", "tasks"].includes(resource)) return false;
  const moved = overviewMovedSchema.safeParse(derived?.[overviewRow]).data;
  return !moved || moved.movedAt >= rev;
}

const isByActivity = (list: unknown) => /_sort=(\w+%2C)?lastActivityAt/.test(String(list));

/**
 * Whether a tab in view can bring the query up to date by the change alone. Of an account list it can where it holds
 * the whole: of accounts beyond the loaded ones it does not know whether the list had them.
 */
export function isPatchable(
  [kind, id]: readonly unknown[],
  change: Change,
  data: unknown,
): boolean {
  // Its numbers are of rows that no tab holds.
  if (kind === "overview") return false;
  // Where more are due than it holds, the place of one that leaves is taken by another.
  if (kind === "due tasks" && (data as { more: boolean }).more) return false;
  if (kind === "account list") {
    const { pages } = data as AccountPages;
    const isHeld = pages.some(({ rows }) => rows.some((row) => row.id === change.id));
    const goesOn = pages.at(-1)?.more === true;
    // By activity, a row that moves behind the loaded ones is given up: later activities of it would not be known.
    if (goesOn && (!isHeld || isByActivity(id))) return false;
    if (change.resource === "activities") return hasCounts(change);
    return (change.op === "delete" || Boolean(change.row)) && (isHeld || !isByActivity(id));
  }
  if (kind === "account" && change.resource === "activities") return hasCounts(change);
  if (change.op !== "delete" && !change.row) return false;
  if (kind === "account") return change.resource === "accounts" && change.op === "update";
  // Only the feed's order is known to tabs: the place of a new row in a collection is not.
  // Nor of a new task: its place is in the row.
  return (
    kind === "tasks" ||
    kind === "due tasks" ||
    kind === "activity" ||
    kind === "filtered activity" ||
    change.op !== "create"
  );
}

/** The key of the query that a request reads, by its path. */
export function queryKeyOf(path: string): readonly unknown[] {
  const url = new URL(path, "http://localhost");
  const [resource, id] = url.pathname.slice(1).split("/");
  const accountId = url.searchParams.get("accountId");
  if (resource === "activities") {
    for (const name of ["_limit", "at_lte"]) url.searchParams.delete(name);
    // A week of all accounts. The end of it is that of a page, too.
    const from = url.searchParams.get("at_gte");
    if (accountId === null && from !== null) {
      const end = Date.parse(from) + 7 * 86_400_000 - 1;
      url.searchParams.set("at_lte", new Date(end).toISOString());
    }
    const isFiltered = url.searchParams.size > 1;
    return isFiltered ? ["filtered activity", String(url.searchParams)] : ["activity", accountId];
  }
  if (id !== undefined) return ["account", id];
  if (resource === "overview") return ["overview", String(url.searchParams)];
  if (resource === "accounts") {
    for (const name of ["_start", "_limit"]) url.searchParams.delete(name);
    return ["account list", String(url.searchParams)];
  }
  if (resource === "tasks" && accountId === null) {
    for (const name of ["_sort", "_limit"]) url.searchParams.delete(name);
    return ["due tasks", String(url.searchParams)];
  }
  return accountId === null ? [resource] : [resource, accountId];
}
