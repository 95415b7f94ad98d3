import type { Trial } from "#contract/trial.ts";

export interface TryIt {
  readonly trial: Trial;
  readonly label: string;
  /** What happens, and what must be seen. `tab` is the title of the pane. */
  readonly expect: (tab: string) => string;
}

/** What can be tried out on one pane, and what to expect of it. */
export const thingsToTry: readonly TryIt[] = [
  {
    trial: "hang",
    label: "Hang for 6 seconds",
    expect: (tab) =>
      `${tab} and the panes that share its thread stand still. The shell goes on; a pane that is silent for longer is started again by itself, with what was typed.`,
  },
  {
    trial: "hang-for-good",
    label: "Hang for good",
    expect: (tab) =>
      `${tab} is started again by itself within ten seconds, at its place and with what was typed.`,
  },
  {
    trial: "lose-page",
    label: "Crash",
    expect: (tab) => `${tab} loses its page, as in a crash. It is brought back by itself.`,
  },
  {
    trial: "drop-messages",
    label: "Cut off: send nothing to other tabs",
    expect: (tab) =>
      `Pin something in ${tab}: the other tabs learn of it all the same, by the server's change stream. Where ${tab} holds that stream for them, they first have to notice that it is silent, which takes up to 30 seconds.`,
  },
  {
    trial: "double-messages",
    label: "Send each message twice",
    expect: (tab) =>
      `Pin something in ${tab}: the others apply it once. The inspector shows one change.`,
  },
  {
    trial: "delay-messages",
    label: "Send messages 2 seconds late",
    expect: (tab) =>
      `Pin and unpin in ${tab}: what comes late moves nothing back, for the revision decides and not the time.`,
  },
  {
    trial: "slow-write",
    label: "Slow the next write by 5 seconds",
    expect: (tab) =>
      `Pin something in ${tab}: it shows there at once, and in no other tab before the server has accepted it.`,
  },
  {
    trial: "swallow-write",
    label: "Swallow the answer to the next write",
    expect: (tab) =>
      `Write a note in ${tab}: the server has it, ${tab} does not know. It sends it again with the same key, and there is one note.`,
  },
  {
    trial: "clear-storage",
    label: "Clear the storage",
    expect: (tab) =>
      `All tabs of this browser lose what they kept. ${tab} goes on with what it holds; after a reload it reads everything anew.`,
  },
  {
    trial: "clock-ahead",
    label: "Set the clock 3 hours ahead",
    expect: (tab) =>
      `Write in ${tab} and in another tab: nothing is lost and nothing goes back, for no clock decides. Only the ages on screen are off.`,
  },
  {
    trial: "end",
    label: "All well again",
    expect: (tab) => `${tab} sends, writes and tells the time as before.`,
  },
];
