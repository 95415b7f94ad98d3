import type { SyncStatus, Trouble } from "#sync";

/** The status of a tab as its own `Sync` and the header of its pane show it. */
export const statusWords: Readonly<Record<SyncStatus, string>> = {
  offline: "Offline",
  degraded: "Live updates paused",
  syncing: "Syncing",
  waiting: "Updates wait until you look",
  live: "Up to date",
};

const troubles: Readonly<Record<Trouble, string>> = {
  "no-channel":
    "This browser does not let tabs speak to each other. Changes come from the server only",
  "no-log": "This server has no change log: what others change is read every few seconds",
  "no-stream": "The server's stream of changes is down. What others change may show late",
  "no-catch-up": "The server does not say what was missed. What is shown may lag",
  unread: "Something changed and cannot be read at the moment. It is tried again",
};

/** The tab's own reasons in words; the server's are words already. */
export function troubleWords(trouble: string | null): string {
  return Object.hasOwn(troubles, trouble ?? "") ? troubles[trouble as Trouble] : (trouble ?? "");
}
