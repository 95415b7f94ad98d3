import type { Confirmed } from "#data/server/confirmed.ts";
import type { NewWrite, Write } from "./write.ts";

/** A write that the server has not accepted, or not yet. */
export interface OutboxEntry {
  readonly write: Write;
  /**
   * `sending`: on its way. `waiting`: for the network, the server, or a write before it. `failed`: for
   * good, and rolled back. `conflict`: rolled back too, until the user says whose value counts.
   */
  readonly state: "sending" | "waiting" | "failed" | "conflict";
  readonly error: Error | null;
  /** When it was first asked for: milliseconds since the Unix epoch. */
  readonly submittedAt: number;
}

/** This tab's writes on their way to the server. They survive a reload. */
export interface Outbox {
  /** Oldest first. The same array until something changes. */
  readonly entries: readonly OutboxEntry[];
  subscribe(listener: () => void): () => void;
  /**
   * Shows a write at once and sends it as soon as that is possible. Resolves with the server's row, or
   * null where the server had done it before; rejects with `ApiError`, or with `ConflictError` where an
   * edit overlaps with somebody else's. The entry of a write that failed stays, to be tried again or let
   * go.
   */
  send(write: NewWrite): Promise<Confirmed | null>;
  /** Sends again what failed; what was in conflict, as the user has `settled` it. */
  retry(key: string, settled?: NewWrite): void;
  /** Takes back a write that waits, or lets go of one that failed. One on its way cannot be stopped. */
  cancel(key: string): void;
}
