import { editSubject, noteEditSubject } from "#data/storage/draft-subject.ts";
import type { Drafts } from "#data/storage/drafts.ts";
import type { Write } from "./write.ts";

/**
 * What was drafted for a write that was asked for at `submittedAt` needs not be offered again: it is saved,
 * or the user let go of it. What was typed since is another matter.
 */
export function forgetDraft(
  drafts: Pick<Drafts, "get" | "remove">,
  write: Write,
  submittedAt: number,
): void {
  const subject = subjectOf(write);
  const draft = subject === null ? undefined : drafts.get(subject);
  if (draft && draft.savedAt <= submittedAt) drafts.remove(draft.subject);
}

function subjectOf(write: Write): string | null {
  if (write.type === "edit account") return editSubject(write.id);
  if (write.type === "edit note") return noteEditSubject(write.accountId, write.id);
  return null;
}
