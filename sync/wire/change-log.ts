import type { Change } from "./change.ts";
import type { Revision } from "./revision.ts";

/** A server's change log: `httpLog(url)` of `./http`, or your own. */
export interface ChangeLog {
  readonly fetchChanges: FetchChanges;
  readonly openStream: OpenStream;
}

/**
 * Asks the server for the changes after `since`. `changes` is null when its log does not reach back or
 * is another one. Rejects when there is no answer.
 */
export type FetchChanges = (
  since: Revision,
) => Promise<{ readonly head: Revision; readonly changes: readonly Change[] | null }>;

/** What the server's change stream brings. */
export type StreamEvent =
  /** The stream is open, and begins after `since` (or says by `reset` that it cannot). */
  | { readonly type: "open"; readonly head: Revision }
  | { readonly type: "changes"; readonly epoch: string; readonly changes: readonly Change[] }
  /** The log does not reach back to where the stream was asked to begin. */
  | { readonly type: "reset"; readonly head: Revision }
  /** What is wrong with the server, in up to 500 characters; null when nothing is. */
  | { readonly type: "trouble"; readonly detail: string | null }
  /** Nothing happened, and the stream stands: at the latest every 20 s. */
  | { readonly type: "ping" }
  /** The stream broke off or was never open. It is not used again. */
  | { readonly type: "lost" };

/** Opens the stream of what comes after `since`. Returns what closes it; no event follows that. */
export type OpenStream = (
  since: Revision | null,
  listener: (event: StreamEvent) => void,
) => () => void;

/** The change stream as far as a tab knows, be it its own or the leader tab's. */
export interface StreamHealth {
  readonly live: boolean;
  /** What the server reports to be wrong with it. */
  readonly trouble: string | null;
}
