import type { Change } from "#sync";

/**
 * Whether server truth behind a query may be another after a change. Said here once more, in words of
 * the API and not of the cache, so that the rules in `data/` are measured against something.
 */
export function touches([kind, id]: readonly unknown[], { resource, ...change }: Change): boolean {
  switch (kind) {
    case "accounts":
      return resource === "accounts";
    case "users":
      return resource === "users";
    case "account":
      return (
        (resource === "accounts" && change.id === id) ||
        (resource === "activities" && change.parents.accountId === id)
      );
    default:
      return resource === "activities" && change.parents.accountId === id;
  }
}

/** Whether a tab that looks on can bring the query up to date by the change alone. */
export function isPatchable([kind]: readonly unknown[], change: Change): boolean {
  if (change.op !== "delete" && !change.row) return false;
  if (kind === "account") return change.resource === "accounts" && change.op === "update";
  if (kind === "activity") return true;
  return change.op !== "create";
}

/** The query that a request reads, by its path. */
export function queryKeyOf(path: string): readonly unknown[] {
  const url = new URL(path, "http://localhost");
  const [resource, id] = url.pathname.slice(1).split("/");
  if (resource === "activities") return ["activity", url.searchParams.get("accountId")];
  return id === undefined ? [resource] : ["account", id];
}
