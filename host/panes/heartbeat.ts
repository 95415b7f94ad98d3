import { type Clock, realClock } from "#host/shared/clock.ts";

export type Pulse = "alive" | "hanging" | "stopped";

export interface HeartbeatOptions {
  /** Resolves when the pane answers. */
  readonly ping: () => Promise<unknown>;
  /** Called when the verdict changes; it begins as `alive`. */
  readonly onPulse: (pulse: Pulse) => void;
  /** False while the shell is not visible: then the pane is not pinged and silence does not count. */
  readonly watching?: () => boolean;
  readonly tickMs?: number;
  /** Ticks without an answer before the verdict. */
  readonly hangingAfter?: number;
  readonly stoppedAfter?: number;
  readonly clock?: Clock;
}

/**
 * Pings a pane at intervals, because a crashed frame fires no event. It counts ticks, not time, so
 * that the sleep of a laptop does not count as silence of the pane.
 */
export function createHeartbeat(options: HeartbeatOptions): { close(): void } {
  const { ping, onPulse, watching = () => true, clock = realClock } = options;
  const { tickMs = 1000, hangingAfter = 3, stoppedAfter = 5 } = options;
  let pulse: Pulse = "alive";
  let silent = 0;
  let isPending = false;
  let closed = false;
  let cancel = clock.after(tickMs, tick);

  function judge(next: Pulse) {
    if (next === pulse || closed) return;
    pulse = next;
    onPulse(next);
  }

  // One ping at a time: a pane that hung for an hour has one to answer, not thousands.
  function sendPing() {
    if (isPending) return;
    isPending = true;
    ping().then(
      () => {
        isPending = false;
        silent = 0;
        judge("alive");
      },
      () => {
        isPending = false;
      },
    );
  }

  function tick() {
    cancel = clock.after(tickMs, tick);
    if (!watching()) {
      silent = 0;
      return;
    }
    sendPing();
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
