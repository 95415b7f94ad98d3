import type { Context } from "../core/context.ts";
import { backOff } from "../platform/back-off.ts";
import { holdLockWhile, whileInView } from "../platform/locks.ts";
import type { StreamEvent } from "../wire/change-log.ts";

export interface StreamOptions
  extends Pick<Context, "locks" | "names" | "visibility" | "timers" | "ledger"> {
  server: Pick<Context["server"], "openStream">;
  /** False while the server is known to keep no log: the stream counts as lost, and is not asked for. */
  isOffered?: () => boolean;
  listener: (event: StreamEvent) => void;
  /** Milliseconds before the first retry; doubled each time, up to 30 s. */
  retryAfter?: number;
}

type State = "idle" | "connecting" | "open" | "failing";

/**
 * Holds the server's change stream for all tabs of this browser, while this tab is in view. Out of view
 * it is released, so that a frozen tab never holds it, and no tab does when none is in view. Without
 * Web Locks each tab in view holds a stream of its own.
 */
export function createStream(options: StreamOptions) {
  const { locks, names, visibility, timers, ledger, server, listener } = options;
  const { isOffered = () => true, retryAfter = 500 } = options;
  let state: State = "idle";
  let closeStream = () => {};
  let failures = 0;
  let cancelRetry = () => {};

  function connect() {
    if (state !== "failing") state = "connecting";
    if (!isOffered()) return lose();
    // A stream that is lost before `openStream` has returned must not be kept.
    let isLost = false;
    const close = server.openStream(ledger.head, (event) => {
      if (event.type === "lost") {
        isLost = true;
        return lose();
      }
      if (event.type === "open") {
        state = "open";
        failures = 0;
      }
      listener(event);
    });
    if (isLost) close();
    else closeStream = close;
  }

  function lose() {
    disconnect();
    state = "failing";
    cancelRetry = timers.after(backOff(retryAfter, failures++), connect);
    listener({ type: "lost" });
  }

  function disconnect() {
    cancelRetry();
    closeStream();
    closeStream = () => {};
    state = "idle";
  }

  const release = holdLockWhile(whileInView(visibility), names.leaderLock, {
    locks,
    onHeld() {
      connect();
      return disconnect;
    },
  });

  return {
    /** Whether this tab is the leader, and how its stream is. */
    get state() {
      return state;
    },
    /** Retries at once, if a retry is due. */
    retry() {
      if (state !== "failing") return;
      disconnect();
      state = "failing";
      connect();
    },
    close: release,
  };
}
