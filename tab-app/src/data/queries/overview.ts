import { overviewMovedSchema, overviewRow, overviewSchema } from "#contract/overview.ts";
import { defineQuery } from "./define-query.ts";
import { snapshotOf } from "./snapshot.ts";

const resources: readonly string[] = ["accounts", "activities", "tasks"];

/** The parameters of an overview, as its id. `today` as `2026-11-27`. */
export function toOverviewId(ownerId: string | null, today: string): string {
  return String(new URLSearchParams({ ...(ownerId !== null && { owner: ownerId }), today }));
}

/**
 * Numbers over all rows, which no tab holds: the server keeps them. A change says when they last moved, so that one that moves
 * none, such as a pin or another name, costs no read.
 */
export const overviewQuery = defineQuery({
  kind: "overview",
  schema: snapshotOf({ value: overviewSchema }),
  async read({ api, signal }, id: string) {
    const { value, asOf } = await api.get(`/overview?${id}`, overviewSchema, signal);
    return { value, asOf };
  },
  select: (data) => data.value,
  effect(change, data) {
    if (!resources.includes(change.resource)) return "none";
    const moved = overviewMovedSchema.safeParse(change.derived?.[overviewRow]).data;
    if (!moved || !data.asOf) return "stale";
    return moved.movedAt <= data.asOf.rev ? "none" : "stale";
  },
  freshFor: 60_000,
  lend: () => true,
});
