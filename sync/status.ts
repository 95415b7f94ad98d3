/** What the `Sync` status says, worst first: the first that holds is shown. */
export const syncStatuses = [
  "Offline",
  "Degraded",
  "Syncing",
  "Changes waiting",
  "In step",
] as const;
/** Why the status is `Degraded`, as far as a tab can tell by itself. */
export type Trouble =
  /** This browser has no channel between tabs. */
  | "no channel"
  /** The server's answers name no revision: it keeps no log, and nothing that is read can be vouched for. */
  | "no log"
  /** The server's stream of changes is down. */
  | "no feed"
  /** The server does not say what was missed. */
  | "no catch-up"
  /** Something changed and could not be read again. */
  | "unread";

export type SyncStatus = (typeof syncStatuses)[number];
