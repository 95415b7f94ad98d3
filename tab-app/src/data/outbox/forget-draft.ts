import { noteEditSubject } from "#data/storage/draft-subject.ts";
import type { Drafts } from "#data/storage/drafts.ts";
import type { OutboxEntry } from "./outbox.ts";
import type { Deed } from "./undo-stack.ts";
import { kindOf, type Write } from "./writes.ts";

/**
 * Removes the draft that a write was typed in, once the write is confirmed or discarded. What was typed since
 * is another draft, and is kept: its stamp tells, not a clock.
 */
export function forgetDraft(
  drafts: Pick<Drafts, "get" | "remove">,
  { write, draft }: Pick<OutboxEntry, "write" | "draft">,
): void {
  const held = draftOf(drafts, write);
  if (held && held.stamp === draft) drafts.remove(held.subject);
}

/** A note that comes back has again what was typed over it and not saved. */
export function returnDraft(drafts: Pick<Drafts, "put">, { is, writes }: Deed): void {
  if (is !== "undone") return;
  for (const write of writes)
    if (write.type === "delete note" && write.draft !== undefined)
      drafts.put(noteEditSubject(write.accountId, write.id), write.draft);
}

/** The stamp of the draft that holds what is being submitted. */
export function stampOfDraft(drafts: Pick<Drafts, "get">, write: Write): string | null {
  return draftOf(drafts, write)?.stamp ?? null;
}

function draftOf(drafts: Pick<Drafts, "get">, write: Write) {
  const subject = kindOf(write).draftOf?.(write);
  return subject === undefined ? undefined : drafts.get(subject);
}
