import { backOff } from "./back-off.ts";
import type { Change } from "./change.ts";
import { holdInView, type Locks } from "./hold-in-view.ts";
import type { Revision } from "./revision.ts";
import type { Visibility } from "./visibility.ts";

/** What the server's stream says. */
export type FeedEvent =
  /** The stream stands, and begins after `since` (or tells by `reset` that it cannot). */
  | { readonly type: "open"; readonly head: Revision }
  | { readonly type: "changes"; readonly epoch: string; readonly changes: readonly Change[] }
  /** The log does not reach back to where the stream was asked to begin. */
  | { readonly type: "reset"; readonly head: Revision }
  /** The server's word on the data file: null, or what is wrong with it in up to 500 characters. */
  | { readonly type: "trouble"; readonly detail: string | null }
  /** The stream broke off or never stood. It is not used again. */
  | { readonly type: "lost" };

/** Opens the stream of what comes after `since`. Returns what closes it; nothing is heard after that. */
export type OpenFeed = (since: Revision | null, listener: (event: FeedEvent) => void) => () => void;

export interface FeedOptions {
  open: OpenFeed;
  /** Web Locks; without them each tab in view holds a stream of its own. */
  locks: Locks | undefined;
  visibility: Visibility;
  /** Where the ledger stands. */
  head: () => Revision | null;
  listener: (event: FeedEvent) => void;
  /** Milliseconds before the first retry; doubled each time, up to 30 s. */
  retryAfter?: number;
}

export interface Feed {
  /** Whether this tab is the one that holds the stream, and how that goes. */
  readonly state: "idle" | "connecting" | "open" | "failing";
  /** Tries at once, if a retry is being waited for. */
  retry(): void;
  close(): void;
}

export const feedLock = "tandem-feed";

/**
 * Holds the server's stream of changes for all tabs of this browser, while this tab is in view. A tab
 * that goes out of view lets go, so that a frozen one never holds it, and nobody does when nobody looks.
 */
export function createFeed({
  open,
  locks,
  visibility,
  head,
  listener,
  retryAfter = 500,
}: FeedOptions): Feed {
  let state: Feed["state"] = "idle";
  let closeStream: (() => void) | null = null;
  let failures = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;

  function connect() {
    clearTimeout(retryTimer);
    if (state !== "failing") state = "connecting";
    // A stream that says "lost" before `open` has returned must not be kept.
    let isLost = false;
    const close = open(head(), (event) => {
      if (event.type === "open") {
        state = "open";
        failures = 0;
      }
      if (event.type === "lost") {
        isLost = true;
        closeStream?.();
        closeStream = null;
        state = "failing";
        retryTimer = setTimeout(connect, backOff(retryAfter, failures++));
      }
      listener(event);
    });
    if (isLost) close();
    else closeStream = close;
  }

  function disconnect() {
    clearTimeout(retryTimer);
    closeStream?.();
    closeStream = null;
    state = "idle";
  }

  const close = holdInView({
    locks,
    visibility,
    name: feedLock,
    onHeld() {
      connect();
      return disconnect;
    },
  });

  return {
    get state() {
      return state;
    },
    retry() {
      if (state !== "failing") return;
      disconnect();
      state = "failing";
      connect();
    },
    close,
  };
}
