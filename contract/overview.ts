import * as z from "zod/mini";

/** Numbers over all accounts, activities and tasks, which the server keeps. */

const count = z.int().check(z.nonnegative());
const day = z.iso.date();

/** Days from today on, today included, that count as soon. */
export const renewalDays = 60;
/** Weeks of activity, the last of them the current one. */
export const activityWeeks = 12;

export const overviewSchema = z.object({
  accounts: count,
  /** Accounts of the owner that was asked for; null where none was. */
  mine: z.nullable(count),
  atRisk: count,
  /** Renewal dates from today on, for 60 days. */
  renewals: count,
  /** Every plan that an account has, and US dollars a month, rounded to cents. */
  plans: z.array(z.object({ plan: z.string(), accounts: count, mrr: z.number() })),
  /** Twelve weeks, oldest first, by the Monday they begin on, in UTC. */
  weeks: z.array(z.object({ from: day, activities: count })),
  /** Open tasks with a due date: of the owner, or of everybody where none was asked for. */
  tasks: z.object({ overdue: count, today: count }),
});
export type Overview = z.infer<typeof overviewSchema>;

/** In `derived` of a change, the row that says when the numbers last moved, and its fields. */
export const overviewRow = "overview/all";
export const overviewMovedSchema = z.object({ movedAt: z.int() });
