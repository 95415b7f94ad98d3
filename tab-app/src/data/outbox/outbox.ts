import type { Confirmed } from "#data/server/api.ts";
import type { NewWrite, Write } from "./writes.ts";

/** A write that the server has not accepted, or not yet. */
export interface OutboxEntry {
  readonly write: Write;
  /**
   * `sending`: its first attempt is under way. `waiting`: for the network, the server, or a write before it.
   * `failed`: refused for good, and rolled back. `conflict`: rolled back too, until the user has decided.
   */
  readonly state: "sending" | "waiting" | "failed" | "conflict";
  readonly error: Error | null;
  /**
   * Its place in the order of this tab: of two writes the one with the higher number was asked for later. It is
   * shown over the other, and sent after it. One that is retried is asked for anew.
   */
  readonly number: number;
  /** The stamp of the draft that it was typed in, as it was then. */
  readonly draft: string | null;
  /** Of those that were asked for together, and are sent in one request; null for one by itself. */
  readonly batch?: string | null;
  /** When it was first asked for: milliseconds since the Unix epoch, by a clock that may be wrong. For show only. */
  readonly submittedAt: number;
}

export interface ConfirmedWrite extends Pick<OutboxEntry, "write" | "draft"> {
  /** Null where it was done before. */
  readonly answer: Confirmed | null;
}

/** One that the server may still accept. Only these are laid over the rows. */
export type PendingEntry = OutboxEntry & { readonly state: "sending" | "waiting" };

export function isPending(entry: OutboxEntry): entry is PendingEntry {
  return entry.state === "sending" || entry.state === "waiting";
}

/** This tab's writes on their way to the server. They survive a reload. */
export interface Outbox {
  /** In the order in which they were asked for. The same array until something changes. */
  readonly entries: readonly OutboxEntry[];
  subscribe(listener: () => void): () => void;
  /**
   * Shows a write at once and sends it as soon as that is possible. Resolves with the server's row, or
   * null where it was done before; rejects with `ApiError`, with `ConflictError` where an edit overlaps with
   * another, or with an `AbortError` where it was withdrawn. The entry of a write that failed stays, to be
   * retried or discarded: the rejection may be ignored. One that is not `typed`, an undo, concerns no draft.
   */
  send(write: NewWrite, how?: { readonly typed: boolean }): Promise<Confirmed | null>;
  /**
   * The same of several at once, each to another row: they are one request where the server takes it, and each is
   * accepted, refused or in conflict by itself. Resolves with what became of each.
   */
  sendAll(writes: readonly NewWrite[]): Promise<readonly PromiseSettledResult<Confirmed | null>[]>;
  /** Sends again what failed; what was in conflict, as the user has `settled` it. */
  retry(key: string, settled?: NewWrite): void;
  /** Withdraws a write that waits, or discards one that failed. One on its way cannot be stopped. */
  cancel(key: string): void;
  /** Of writes that are asked for, together or one, before a request leaves. Not of those from before a reload. */
  onAsked(listener: (writes: readonly Write[]) => void): () => void;
  /** Of writes from before a reload, and of other tabs, too. */
  onConfirmed(listener: (confirmed: ConfirmedWrite) => void): () => void;
}
