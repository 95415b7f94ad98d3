import type { OutboxEntry } from "#data/outbox/outbox.ts";
import { ApiError, describeError } from "#data/server/api-error.ts";
import { newNoteSubject, noteEditSubject } from "#data/storage/draft-subject.ts";
import type { Drafts } from "#data/storage/drafts.ts";
import { toLocalTime } from "./local-time.ts";
import { isLoggedKind } from "./logged-kinds.ts";
import { deletedNoteRefusal, type NewNoteDraft } from "./note-draft.ts";
import { textOfNote } from "./note-text.ts";

/**
 * Turns a note that the server refused for its text back into the draft of its field, with the
 * server's reason, and an edit of a deleted note into the draft of a new note. False when that field
 * has a draft already, or the text was not the reason.
 */
export function returnRefusedNote({ write, error }: OutboxEntry, drafts: Drafts): boolean {
  if (!(error instanceof ApiError)) return false;
  const put = (subject: string, draft: NewNoteDraft) => {
    if (drafts.get(subject)) return false;
    drafts.put(subject, draft);
    return true;
  };
  const refusal = `The server did not take this: ${describeError(error).detail}`;
  if (write.type === "create note" && isAboutFields(error, "/title", "/body", "/at")) {
    const { title, body = "", kind, at } = write.row;
    return put(newNoteSubject(write.accountId), {
      text: textOfNote({ title, body }),
      ...(isLoggedKind(kind) && kind !== "note" && { kind }),
      ...(write.isDated && { when: toLocalTime(Date.parse(at)) }),
      refusal,
    });
  }
  if (write.type === "edit note") {
    const { base, changes, accountId } = write;
    const { title = base.fields.title, body = base.fields.body } = changes;
    const text = textOfNote({ title, body });
    if (error.status === 404)
      return put(newNoteSubject(accountId), { text, refusal: deletedNoteRefusal });
    const edit = { base, text, refusal };
    if (isAboutFields(error, "/title", "/body"))
      return put(noteEditSubject(accountId, write.id), edit);
  }
  return false;
}

function isAboutFields({ status, problem }: ApiError, ...fields: readonly string[]): boolean {
  return status === 422 && fields.includes(problem?.field ?? "");
}
