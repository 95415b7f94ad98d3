import type { Drafts } from "#data/storage/drafts.ts";
import { kindOf, type Write } from "./writes.ts";

/**
 * Removes the draft that a write was typed in, once the write is confirmed or discarded. What was typed after
 * `submittedAt` is kept.
 */
export function forgetDraft(
  drafts: Pick<Drafts, "get" | "remove">,
  write: Write,
  submittedAt: number,
): void {
  const subject = kindOf(write).draftOf?.(write);
  const draft = subject === undefined ? undefined : drafts.get(subject);
  if (draft && draft.savedAt <= submittedAt) drafts.remove(draft.subject);
}
