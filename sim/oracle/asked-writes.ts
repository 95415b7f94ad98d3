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
  /** Parts that were true already when it was asked for, as an undo may find. */
  readonly wasSo: ReadonlySet<string>;
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

/** The writes that ask for the same: an undo and a redo ask for what was asked for before. */
export function sameAsks({ write }: AskedWrite, part: string, writes: AskedWrites): AskedWrite[] {
  const name = rowNameOf(write);
  const partOf = (each: Write) => (each.type === "create note" ? "the row" : textsOf(each)[part]);
  const wanted = partOf(write);
  return [...writes.values()].filter(
    (other) =>
      rowNameOf(other.write) === name &&
      (other.write.type === "create note") === (write.type === "create note") &&
      partOf(other.write) === wanted,
  );
}

export function isEdit(write: Write): write is Extract<Write, { base: unknown }> {
  return write.type === "edit note" || write.type === "edit account";
}
