import type { Context } from "../core/context.ts";
import { backOff } from "../platform/back-off.ts";
import type { StreamEvent } from "../wire/change-log.ts";
import type { Election } from "./election.ts";

export interface StreamOptions extends Pick<Context, "timers" | "ledger"> {
  /** Decides which tab holds the stream, and never one that is out of view. */
  elect: Election;
  server: Pick<Context["server"], "openStream">;
  /** False while the server is known to keep no log: the stream counts as lost, and is not asked for. */
  isOffered?: () => boolean;
  /** Hears all but the pings. "lost" is said of a stream that does not begin in time as well: it may yet. */
  listener: (event: StreamEvent) => void;
  /** Milliseconds before the first retry; doubled each time, up to 30 s. */
  retryAfter?: number;
}

/** Milliseconds until a stream that has not said that it is open counts as failing. */
const openWithin = 5000;
/** Milliseconds without any event, pings included, until a stream is given up and opened again. */
const silentAfter = 25_000;

type State = "idle" | "connecting" | "open" | "failing";

/**
 * Holds the server's change stream for all tabs of this browser, while this tab is in view. Out of view
 * it is released, so that a frozen tab never holds it, and no tab does when none is in view.
 */
export function createStream(options: StreamOptions) {
  const { elect, timers, ledger, server, listener } = options;
  const { isOffered = () => true, retryAfter = 500 } = options;
  let state: State = "idle";
  let closeStream = () => {};
  let failures = 0;
  let cancelRetry = () => {};
  let cancelOpening = () => {};
  let cancelSilence = () => {};

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
      expectMore();
      if (event.type === "open") {
        state = "open";
        failures = 0;
      }
      if (event.type !== "ping") listener(event);
    });
    if (isLost) return close();
    closeStream = close;
    expectMore();
    cancelOpening = timers.after(openWithin, () => {
      if (state !== "connecting") return;
      state = "failing";
      listener({ type: "lost" });
    });
  }

  /** A connection that is gone need not end: only silence tells. */
  function expectMore() {
    cancelSilence();
    cancelSilence = timers.after(silentAfter, lose);
  }

  function lose() {
    disconnect();
    state = "failing";
    cancelRetry = timers.after(backOff(retryAfter, failures++), connect);
    listener({ type: "lost" });
  }

  function disconnect() {
    cancelRetry();
    cancelOpening();
    cancelSilence();
    closeStream();
    closeStream = () => {};
    state = "idle";
  }

  const release = elect(() => {
    connect();
    return disconnect;
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
