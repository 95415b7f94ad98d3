import type { Write } from "#data/outbox/writes.ts";
import type { Tab } from "../tab/tab.ts";

/** A write that a user asked for, and what became of it. */
export interface AskedWrite {
  readonly write: Write;
  readonly tab: Tab;
  /** The id of the session in which it was asked. */
  readonly session: string;
  /** `taken back in time`: before any request of it could be on its way. */
  state: "open" | "confirmed" | "taken back" | "taken back in time";
  /** How often the server made each part of it true. */
  readonly effects: Map<string, number>;
}

/** Everything that users asked for, by the key of the write. */
export type AskedWrites = Map<string, AskedWrite>;

/** `resource/id` of the row that it writes. */
export function rowNameOf({ type, id }: Write): string {
  return `${type === "edit account" ? "accounts" : "activities"}/${id}`;
}

/** The fields that an edit changes, each with its new text. */
export function textsOf(write: Write): Readonly<Record<string, string | undefined>> {
  return isEdit(write) ? write.changes : {};
}

export function isEdit(write: Write): write is Extract<Write, { base: unknown }> {
  return write.type === "edit note" || write.type === "edit account";
}
