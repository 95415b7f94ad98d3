import * as z from "zod";

/**
 * The rows as the API serves them: the server derives what a request may write from these schemas, and
 * the tab-app parses answers by them. They are lenient where people edit by hand: a numeric id becomes
 * text, and unknown fields stay in the file and are dropped here.
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

/** An account as the list shows it. It has no derived field, so that a pin does not touch the list. */
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
  /** The counts are derived by our API. A plain json-server does not serve them. */
  pinnedCount: z.int().nonnegative().exactOptional(),
  activityCount: z.int().nonnegative().exactOptional(),
});
export type AccountDetails = z.infer<typeof accountDetailsSchema>;

/** Maximum length of an activity's `title`, in characters. */
export const titleLimit = 300;
/** Maximum length of an activity's `body`, in characters. */
export const bodyLimit = 10_000;

export const activitySchema = z.object({
  id,
  accountId: id,
  /** One of `activityKinds`, or any other text. */
  kind: text(60).min(1),
  title: text(titleLimit).trim().min(1),
  body: text(bodyLimit).optional(),
  /** Time of the activity, RFC 3339 in UTC. The feed is ordered by (`at`, `id`), newest first. */
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
