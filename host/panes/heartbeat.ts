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

/** Milliseconds by which a tick may be late. Later, the machine is busy, and the pane may be slow for the same reason. */
const maxLate = 500;

/**
 * Pings a pane at intervals, because a crashed frame fires no event. It counts ticks that come in time, so that neither
 * the sleep of a laptop nor a machine with too much to do counts as silence of the pane.
 */
export function createHeartbeat(options: HeartbeatOptions): { close(): void } {
  const { ping, onPulse, watching = () => true, clock = realClock } = options;
  const { tickMs = 1000, hangingAfter = 3, stoppedAfter = 5 } = options;
  let pulse: Pulse = "alive";
  let silent = 0;
  let isPending = false;
  let closed = false;
  let due = 0;
  let cancel = () => {};
  schedule();

  function schedule() {
    due = clock.now() + tickMs;
    cancel = clock.after(tickMs, tick);
  }

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
    const isLate = clock.now() - due > maxLate;
    schedule();
    if (!watching()) {
      silent = 0;
      return;
    }
    sendPing();
    if (isLate) return;
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
