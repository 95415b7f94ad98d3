import { type Clock, realClock } from "./clock.ts";

export type Pulse = "alive" | "hanging" | "stopped";

export interface HeartbeatOptions {
  /** Resolves when the pane answers. */
  readonly ping: () => Promise<unknown>;
  /** Called on every change of the verdict; it begins as `alive`. */
  readonly onPulse: (pulse: Pulse) => void;
  /** False while nobody looks at the shell: then nothing is asked and nothing is held against the pane. */
  readonly watching?: () => boolean;
  readonly tickMs?: number;
  /** How many ticks without an answer make the verdict. */
  readonly hangingAfter?: number;
  readonly stoppedAfter?: number;
  readonly clock?: Clock;
}

/**
 * Asks a pane again and again whether it is there: a crashed frame fires no event. It counts ticks,
 * not time, so that a laptop which wakes up does not take its own sleep for a silence of the pane.
 */
export function createHeartbeat(options: HeartbeatOptions): { close(): void } {
  const { ping, onPulse, watching = () => true, clock = realClock } = options;
  const { tickMs = 1000, hangingAfter = 3, stoppedAfter = 8 } = options;
  let pulse: Pulse = "alive";
  let silent = 0;
  let asking = false;
  let closed = false;
  let cancel = clock.after(tickMs, tick);

  function judge(next: Pulse) {
    if (next === pulse || closed) return;
    pulse = next;
    onPulse(next);
  }

  // One question at a time: a pane that hangs for an hour has one answer to give, not thousands.
  function ask() {
    if (asking) return;
    asking = true;
    ping().then(
      () => {
        asking = false;
        silent = 0;
        judge("alive");
      },
      () => {
        asking = false;
      },
    );
  }

  function tick() {
    cancel = clock.after(tickMs, tick);
    if (!watching()) {
      silent = 0;
      return;
    }
    ask();
    silent += 1;
    if (silent > stoppedAfter) judge("stopped");
    else if (silent > hangingAfter) judge("hanging");
  }

  return {
    close() {
      closed = true;
      cancel();
    },
  };
}
