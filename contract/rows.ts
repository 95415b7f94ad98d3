import * as z from "zod/mini";
import { hasAtMost } from "./characters.ts";

/**
 * The rows as the API serves them: the server derives what a request may write from these schemas, and
 * the tab-app parses answers by them. They are lenient where people edit by hand: a numeric id becomes
 * text, and unknown fields stay in the file and are dropped here.
 */

/** At most so many characters, as a person counts them. */
const text = (max: number) =>
  z.string().check(
    z.check<string>((payload) => {
      const { value: input, issues } = payload;
      if (!hasAtMost(input, max))
        issues.push({ code: "too_big", origin: "string", maximum: max, inclusive: true, input });
    }),
  );
const requiredText = (max: number) => text(max).check(z.minLength(1));
const trimmedText = (max: number) => text(max).check(z.trim(), z.minLength(1));
const id = z.pipe(z.union([requiredText(200), z.int()]), z.transform(String));
const name = trimmedText(200);
const count = z.int().check(z.nonnegative());
const version = count;

export const userSchema = z.object({
  id,
  name,
  role: z.optional(text(200)),
  version,
});
export type User = z.infer<typeof userSchema>;

/** An account as the list shows it. It has no derived field, so that a pin does not touch the list. */
export const accountSchema = z.object({
  id,
  name,
  ownerId: z.nullish(id),
  plan: text(60),
  status: text(60),
  notes: z._default(text(10_000), ""),
  version,
});
export type Account = z.infer<typeof accountSchema>;

/** An account as it is stored. */
export const storedAccountSchema = z.extend(accountSchema, {
  // Our API keeps none that is null: a write that says null takes the field away. A plain json-server keeps it.
  industry: z.nullish(text(200)),
  city: z.nullish(text(200)),
  since: z.nullish(z.iso.date()),
  /** US dollars a month. */
  mrr: z.nullish(z.number().check(z.nonnegative())),
  /** The day on which the contract is renewed or ends. */
  renewalDate: z.nullish(z.iso.date()),
});

/** What our API derives of an account's activities. A plain json-server does not serve it. */
export const derivedAccountSchema = z.object({
  pinnedCount: z.exactOptional(count),
  activityCount: z.exactOptional(count),
  /** Time of the latest activity; "" for none, which sorts before all times. */
  lastActivityAt: z.exactOptional(text(40)),
});

export const accountDetailsSchema = z.extend(storedAccountSchema, derivedAccountSchema.shape);
export type AccountDetails = z.infer<typeof accountDetailsSchema>;

/** Maximum length of an activity's `title`, in characters as a person counts them. */
export const titleLimit = 300;
/** Maximum length of an activity's `body`, in the same. */
export const bodyLimit = 10_000;

export const activitySchema = z.object({
  id,
  accountId: id,
  /** One of `activityKinds`, or any other text. */
  kind: requiredText(60),
  title: trimmedText(titleLimit),
  body: z.optional(text(bodyLimit)),
  /** Time of the activity, RFC 3339 in UTC. The feed is ordered by (`at`, `id`), newest first. */
  at: z.iso.datetime(),
  pinned: z.boolean(),
  authorId: z.nullish(id),
  version,
});
export type Activity = z.infer<typeof activitySchema>;

/** What is to be done at an account. */
export const taskSchema = z.object({
  id,
  accountId: id,
  title: trimmedText(titleLimit),
  /** A day, wherever the assignee is. */
  dueDate: z.nullish(z.iso.date()),
  assigneeId: z.nullish(id),
  done: z.boolean(),
  /** Times, RFC 3339 in UTC. The server sets both: when the task was made, and when it was last completed. */
  createdAt: z.optional(z.iso.datetime()),
  doneAt: z.nullish(z.iso.datetime()),
  authorId: z.nullish(id),
  version,
});
export type Task = z.infer<typeof taskSchema>;

export const activityKinds = ["note", "call", "email", "meeting", "invoice", "ticket", "usage"];
export const plans = ["Free", "Starter", "Growth", "Enterprise"];
export const statuses = ["active", "trial", "at risk", "churned"];

/** RFC 9457, the body of every error. */
export const problemSchema = z.object({
  type: z.optional(z.string()),
  title: z.string(),
  status: z.int(),
  detail: z.optional(z.string()),
  /** JSON Pointer (RFC 6901) into the body, or the name of a query parameter. */
  field: z.optional(z.string()),
  /** On 409 and 412: the row as it is now. */
  current: z.optional(z.record(z.string(), z.unknown())),
});
export type Problem = z.infer<typeof problemSchema>;
