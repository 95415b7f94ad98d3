import type { Activity } from "#contract/rows.ts";
import { newNoteSubject } from "#data/storage/draft-subject.ts";
import type { Draft, Drafts } from "#data/storage/drafts.ts";
import { deletedNoteRefusal, readNoteEdit } from "./note-draft.ts";

export interface KnownRows {
  readonly rows: readonly Pick<Activity, "id" | "at">[];
  /** Older rows may exist that are not loaded. */
  readonly hasMore: boolean;
}

/** Drafts of edits whose note is gone, as far as the loaded rows show. */
export function orphanedEdits(
  drafts: readonly Draft[],
  accountId: string,
  { rows, hasMore }: KnownRows,
): readonly Draft[] {
  const prefix = `${newNoteSubject(accountId)}/`;
  const edits = drafts.filter(({ subject }) => subject.startsWith(prefix));
  if (edits.length === 0) return [];
  const missing = new Set(edits.map(({ subject }) => subject.slice(prefix.length)));
  for (const { id } of rows) missing.delete(id);
  const oldest = rows.at(-1)?.at ?? "";
  return edits.filter(({ subject, value }) => {
    if (!missing.has(subject.slice(prefix.length))) return false;
    const edit = readNoteEdit(value);
    return edit && (!hasMore || (edit.at ?? "") > oldest);
  });
}

/** Turns the edit of a deleted note into the draft of a new note. False when there is such a draft already. */
export function adoptEdit(drafts: Drafts, accountId: string, { subject, value }: Draft): boolean {
  const edit = readNoteEdit(value);
  if (!edit || drafts.get(newNoteSubject(accountId))) return false;
  drafts.put(newNoteSubject(accountId), { text: edit.text, refusal: deletedNoteRefusal });
  drafts.remove(subject);
  return true;
}
