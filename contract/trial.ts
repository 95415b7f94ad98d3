/** What can be tried out in a pane: its app does it to its own realm. */
export const trials = [
  "hang",
  "hang-for-good",
  "lose-page",
  "drop-messages",
  "double-messages",
  "delay-messages",
  "slow-write",
  "swallow-write",
  "clear-storage",
  "clock-ahead",
  "end",
] as const;
export type Trial = (typeof trials)[number];
