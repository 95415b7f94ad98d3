import * as z from "zod/mini";

/** Who is there: which tabs, of all browsers, show which account now. It is neither stored nor logged. */

const id = z.string().check(z.minLength(1), z.maxLength(200));
const token = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));

/** One tab in view, and the account that it shows. */
export const presentSchema = z.object({
  /** The same id as in `Tandem-Origin`. */
  tabId: token,
  /** The same for all panes of one shell. */
  windowId: token,
  /** The signed-in user; null for a guest. */
  userId: z.nullable(id),
  accountId: id,
  /** An edit form of the account is open. */
  isEditing: z.boolean(),
});
export type Present = z.infer<typeof presentSchema>;

/** What a tab sends, again and again while it is in view. Without an account, or out of view, it is not listed. */
export const presenceReportSchema = z.object({
  ...presentSchema.shape,
  accountId: z.nullable(id),
  /** The list that the tab has already, as `list.seq`: it is not sent again. */
  known: z.optional(z.string().check(z.maxLength(100))),
});
export type PresenceReport = z.infer<typeof presenceReportSchema>;

/** Tabs that may be listed at a time. */
export const presentLimit = 500;

const present = z.array(presentSchema).check(z.maxLength(presentLimit));
const seq = z.int().check(z.nonnegative());

/** What the server says of the list: all of it, what changed since `since`, or only where it stands. */
export const presenceSchema = z.object({
  /** Names the list: a server that restarts begins another one. */
  list: token,
  /** Grows by one with each event. */
  seq,
  /** All that are listed. */
  all: z.optional(present),
  /** Those that came or changed, and those that left, since this `seq`. */
  since: z.optional(seq),
  changed: z.optional(present),
  left: z.optional(z.array(token).check(z.maxLength(presentLimit))),
});
export type Presence = z.infer<typeof presenceSchema>;
