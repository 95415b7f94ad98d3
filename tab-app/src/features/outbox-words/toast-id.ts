import type { NewWrite } from "#data/outbox/writes.ts";

/** Of the toast that speaks of a write: a delete that fails takes the place of “Note deleted”. */
export function toastIdOf(write: NewWrite & { key?: string }): string {
  return write.type === "delete note" ? `delete note ${write.id}` : `write ${write.key}`;
}
