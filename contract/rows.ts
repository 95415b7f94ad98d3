import * as z from "zod";

/**
 * The rows as the API serves them, shared by the server (what may be written) and the tab-app (what
 * may be believed). Reading is lenient where people edit by hand: a numeric id is taken as text, and
 * fields we do not know are left in the file and dropped here.
 */

const id = z.union([z.string().min(1).max(200), z.number().int()]).transform(String);
const text = (max: number) => z.string().max(max);
const name = text(200).trim().min(1);
const version = z.int().nonnegative();

export const userSchema = z.object({
  id,
  name,
  role: text(200).optional(),
  version,
});
export type User = z.infer<typeof userSchema>;

/** What the list shows of an account: nothing derived, so a pin does not touch the list. */
export const accountSchema = z.object({
  id,
  name,
  ownerId: id.nullish(),
  plan: text(60),
  status: text(60),
  notes: text(10_000).default(""),
  version,
});
export type Account = z.infer<typeof accountSchema>;

export const accountDetailsSchema = accountSchema.extend({
  industry: text(200).optional(),
  city: text(200).optional(),
  since: z.iso.date().optional(),
  /** US dollars a month. */
  mrr: z.number().nonnegative().optional(),
  pinnedCount: z.int().nonnegative(),
  activityCount: z.int().nonnegative(),
});
export type AccountDetails = z.infer<typeof accountDetailsSchema>;

/** Most characters of an activity's `title`. */
export const titleLimit = 300;
/** Most characters of an activity's `body`. */
export const bodyLimit = 10_000;

export const activitySchema = z.object({
  id,
  accountId: id,
  /** One of `activityKinds`, or a person's own. */
  kind: text(60).min(1),
  title: text(titleLimit).trim().min(1),
  body: text(bodyLimit).optional(),
  /** When it happened, RFC 3339 in UTC. The feed is ordered by (`at`, `id`), newest first. */
  at: z.iso.datetime(),
  pinned: z.boolean(),
  authorId: id.nullish(),
  version,
});
export type Activity = z.infer<typeof activitySchema>;

export const activityKinds = ["note", "call", "email", "meeting", "invoice", "ticket", "usage"];
export const plans = ["Free", "Starter", "Growth", "Enterprise"];
export const statuses = ["active", "trial", "at risk", "churned"];

/** RFC 9457, the body of every error. */
export const problemSchema = z.object({
  type: z.string().optional(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  /** JSON Pointer (RFC 6901) into the body, or the name of a query parameter. */
  field: z.string().optional(),
  /** On 409 and 412: the row as it is now. */
  current: z.record(z.string(), z.unknown()).optional(),
});
export type Problem = z.infer<typeof problemSchema>;
