import type { Row } from "#api/rows/document.ts";
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
  if (type.endsWith("account")) return `accounts/${id}`;
  return `${type.endsWith("task") ? "tasks" : "activities"}/${id}`;
}

/** The fields that an edit changes, each with its new text. Whether a task is done is none: it is toggled, as a pin is. */
export function textsOf(write: Write): Readonly<Record<string, string | undefined>> {
  if (!isEdit(write)) return {};
  const { done: _, ...texts } = { done: undefined, ...write.changes };
  return texts;
}

/** A field of a row as an edit writes it; "" for none. */
export function textIn(row: Row | undefined, field: string): string {
  return String(row?.[field] ?? "");
}

/** The writes that ask for the same: an undo and a redo ask for what was asked for before. */
export function sameAsks({ write }: AskedWrite, part: string, writes: AskedWrites): AskedWrite[] {
  const name = rowNameOf(write);
  const partOf = (each: Write) => (isCreate(each) ? "the row" : textsOf(each)[part]);
  const wanted = partOf(write);
  return [...writes.values()].filter(
    (other) =>
      rowNameOf(other.write) === name &&
      isCreate(other.write) === isCreate(write) &&
      partOf(other.write) === wanted,
  );
}

export function isCreate({ type }: Write): boolean {
  return type.startsWith("create ");
}

export function isDelete({ type }: Write): boolean {
  return type.startsWith("delete ");
}

export function isEdit(write: Write): write is Extract<Write, { base: unknown }> {
  return "base" in write;
}
