import type { NewWrite } from "#data/outbox/writes.ts";

/** The id of the toast about a write. A failed delete replaces the toast “Note deleted”. */
export function toastIdOf(write: NewWrite & { key?: string }): string {
  return write.type === "delete note" ? `delete note ${write.id}` : `write ${write.key}`;
}
