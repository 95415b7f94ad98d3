import type { Query } from "@tanstack/query-core";

/** Whether an action of a query puts back what a cancelled read began with. A state that is set from outside looks the same. */
export function isRevert({ state }: Query, { type }: { readonly type: string }): boolean {
  // In older versions of query-core it is an error, which leaves a status without one.
  return type === "setState" || (type === "error" && state.status !== "error");
}
