import type { Activity } from "#contract/rows.ts";
import { newNoteSubject } from "#data/storage/draft-subject.ts";
import type { Draft, Drafts } from "#data/storage/drafts.ts";
import { deletedNoteRefusal, readNoteEdit } from "./note-draft.ts";

export interface KnownRows {
  readonly rows: readonly Pick<Activity, "id" | "at">[];
  /** Older rows may follow that are not loaded. */
  readonly hasMore: boolean;
}

/** Edits of notes that the account no longer has, as far as its rows are known. */
export function orphanedEdits(
  drafts: readonly Draft[],
  accountId: string,
  { rows, hasMore }: KnownRows,
): readonly Draft[] {
  const prefix = `${newNoteSubject(accountId)}/`;
  const held = new Set(rows.map(({ id }) => prefix + id));
  const oldest = rows.at(-1)?.at ?? "";
  return drafts.filter(({ subject, value }) => {
    if (!subject.startsWith(prefix) || held.has(subject)) return false;
    const edit = readNoteEdit(value);
    return edit && (!hasMore || (edit.at ?? "") > oldest);
  });
}

/** Makes what was typed about a note that is gone a new note's draft. False where that place is taken. */
export function adoptEdit(drafts: Drafts, accountId: string, { subject, value }: Draft): boolean {
  const edit = readNoteEdit(value);
  if (!edit || drafts.get(newNoteSubject(accountId))) return false;
  drafts.put(newNoteSubject(accountId), { text: edit.text, refusal: deletedNoteRefusal });
  drafts.remove(subject);
  return true;
}
