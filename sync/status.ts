/** What the `Sync` status says, worst first: the first that holds is shown. */
export const syncStatuses = [
  "Offline",
  "Degraded",
  "Syncing",
  "Changes waiting",
  "In step",
] as const;
export type SyncStatus = (typeof syncStatuses)[number];
