import { createCandidate } from "./log/candidate.ts";
import type { Channel } from "./platform/channel.ts";
import { defaultLocks, type Locks } from "./platform/locks.ts";
import { report } from "./platform/report.ts";
import { openChannel, openVisibility, randomId } from "./platform/this-tab.ts";
import { createTimers } from "./platform/timers.ts";
import type { Visibility } from "./platform/visibility.ts";
import { type LeaseMessage, protocolVersion, readMessage } from "./wire/message.ts";

export interface OneTabOptions {
  /** By default that of page and screen; `sync.visibility` where there is a sync. */
  visibility?: Visibility | undefined;
  /** By default a `BroadcastChannel` called `one-tab <name>`, tested once. */
  channel?: Channel | undefined;
  /** Null where there are none: then messages elect the tab. By default `navigator.locks`. */
  locks?: Locks | null;
}

/** Milliseconds between two messages of the tab that runs the task. */
const beacon = 10_000;
/** The field of a message that has the version of the protocol. */
const field = "one-tab";

/**
 * Runs `task` in one tab of this browser at a time, among those in view that call this with the same `name`: a
 * poll, a notification or a job happens once and not in each tab. The tab is elected as the leader tab of
 * the change stream is: one that is hidden, closed, crashes or hangs is replaced. `task` is called each time that this tab is
 * elected, and its `signal` aborts when it no longer is; what it throws is reported as an uncaught error and changes
 * nothing of that. Two tabs run it for a moment when one that hung wakes up. While no tab is in view, none
 * does. Returns what ends it in this tab.
 */
export function runInOneTab(
  name: string,
  task: (signal: AbortSignal) => unknown,
  options: OneTabOptions = {},
): () => void {
  const closing = new AbortController();
  const { signal } = closing;
  const { locks = defaultLocks() } = options;
  const channelName = `one-tab ${name}`;
  const channel = options.channel ?? openChannel(channelName, "one-tab-test", signal);
  const visibility = options.visibility ?? openVisibility(signal);
  const tabId = randomId();
  const timers = createTimers();
  let running = 0;

  const post = (word: LeaseMessage) =>
    channel.post({ [field]: protocolVersion, from: tabId, type: "lease", ...word });

  const candidate = createCandidate({
    channel,
    visibility,
    locks,
    tabId,
    timers,
    names: { leaderLock: channelName, standInLock: `one-tab-2 ${name}` },
    post,
    onSilence() {},
  });
  const unsubscribe = channel.subscribe((value) => {
    const received = readMessage(field, value);
    if (received.kind !== "message" || received.message.type !== "lease") return;
    candidate.receive(received.message.from, received.message);
    if (received.message.act === "hold") candidate.heard();
  });
  timers.every(beacon, () => {
    // With Web Locks as well, the others time the tab by it.
    if (running && locks) post({ act: "hold", term: 0, silent: [] });
  });

  function run(): () => void {
    const holding = new AbortController();
    running += 1;
    runTask(task, holding.signal);
    return () => {
      running -= 1;
      holding.abort();
    };
  }

  const leave = [
    candidate.lead(() => {
      // It need not stand in for another.
      candidate.heard();
      return run();
    }),
    // Without a channel all tabs are silent, and it would run in two.
    candidate.standIn(() => (channel.available ? run() : () => {})),
  ];

  return () => {
    // Those that the lease is given up to are told, so first, while there is a channel.
    for (const each of leave) each();
    candidate.close();
    unsubscribe();
    timers.close();
    closing.abort();
  };
}

async function runTask(task: (signal: AbortSignal) => unknown, signal: AbortSignal) {
  try {
    await task(signal);
  } catch (error) {
    const isEnd = signal.aborted && (error as Partial<Error> | null)?.name === "AbortError";
    if (!isEnd) report(error);
  }
}
