/** What a tab says of itself, worst first: the first that holds. */
export const syncStatuses = ["offline", "degraded", "syncing", "waiting", "live"] as const;

export type SyncStatus = (typeof syncStatuses)[number];

/** Why the status is `degraded`, as far as a tab can tell by itself. */
export type Trouble =
  /** This browser has no channel between tabs. */
  | "no-channel"
  /** The server's answers name no revision: it keeps no log, and what is read may have missed changes. */
  | "no-log"
  /** The server's change stream is down. */
  | "no-stream"
  /** The server does not answer what was missed. */
  | "no-catch-up"
  /** Something changed and could not be read again. */
  | "unread";

/** All that the status depends on. */
export interface Facts {
  readonly isOnline: boolean;
  readonly hasChannel: boolean;
  /** What the server reports to be wrong with it, in its own words. */
  readonly reported: string | null;
  /** A server was given, there is data, and no answer has named a revision. */
  readonly isUnlogged: boolean;
  readonly isStreamDown: boolean;
  readonly isCatchUpFailing: boolean;
  /** A query in use is stale and its last read failed. */
  readonly hasUnread: boolean;
  /** A read or a write of this tab is under way, or what arrived is not applied yet. */
  readonly isBusy: boolean;
  /** A stale query is to be read when it comes into view. */
  readonly isWaiting: boolean;
}

export interface StatusReport {
  readonly status: SyncStatus;
  /** One of `Trouble`, or what the server reports. Null when all is well. */
  readonly trouble: Trouble | (string & {}) | null;
}

export function statusOf(facts: Facts): StatusReport {
  const trouble = troubleOf(facts);
  if (!facts.isOnline) return { status: "offline", trouble };
  if (trouble !== null) return { status: "degraded", trouble };
  if (facts.isBusy) return { status: "syncing", trouble };
  return { status: facts.isWaiting ? "waiting" : "live", trouble };
}

function troubleOf(facts: Facts): StatusReport["trouble"] {
  if (!facts.hasChannel) return "no-channel";
  if (facts.reported) return facts.reported;
  if (facts.isUnlogged) return "no-log";
  if (facts.isStreamDown) return "no-stream";
  if (facts.isCatchUpFailing) return "no-catch-up";
  return facts.hasUnread ? "unread" : null;
}
