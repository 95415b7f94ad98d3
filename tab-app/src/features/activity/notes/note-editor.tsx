import { useState } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { useSend } from "#data/hooks/use-send.ts";
import { fieldsOfNote } from "#data/outbox/fields.ts";
import type { FeedRow } from "#data/outbox/overlay.ts";
import { noteEditSubject } from "#data/storage/draft-subject.ts";
import { Button } from "#ui/button.tsx";
import { SendKeys } from "#ui/form/send-keys.tsx";
import { useNoteEditDraft } from "./note-draft.ts";
import styles from "./note-editor.module.css";
import { NoteField } from "./note-field.tsx";
import { changesOfNote, noteOfText, problemOfNote, textOfNote } from "./note-text.ts";

export interface NoteEditorProps {
  row: FeedRow;
  onClose: () => void;
}

/** Edits a note as one text. Unsaved text stays as a draft until it is discarded. */
export function NoteEditor({ row, onClose }: NoteEditorProps) {
  const { drafts } = useData();
  const { mutate: send } = useSend();
  const { id, accountId, kind } = row;
  const subject = noteEditSubject(accountId, id);
  const draft = useNoteEditDraft(accountId, id);
  // The base of the edit stays the same when the note changes meanwhile.
  const [begun] = useState({ version: row.version, fields: fieldsOfNote(row) });
  const { base = begun, text = textOfNote(base.fields), refusal } = draft ?? {};
  const note = noteOfText(text);
  const problem = problemOfNote(note);

  const write = (next: string) => {
    if (next === textOfNote(base.fields)) drafts.remove(subject);
    else drafts.put(subject, { base, at: row.at, text: next });
  };

  const discard = () => {
    drafts.remove(subject);
    onClose();
  };

  const save = () => {
    if (problem !== null) return;
    const changes = changesOfNote(base.fields, note);
    if (draft && Object.keys(changes).length > 0)
      send({ type: "edit note", id, accountId, kind, base, changes });
    discard();
  };

  return (
    <form
      aria-label={`Edit ${kind}`}
      className={styles.editor}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <NoteField
        ref={startAtEnd}
        text={text}
        onText={write}
        onEscape={onClose}
        problem={refusal ?? problem}
      />
      <div className={styles.actions}>
        <Button type="submit" variant="primary" size="sm">
          Save
        </Button>
        <Button variant="ghost" size="sm" onClick={discard}>
          {draft ? "Discard changes" : "Cancel"}
        </Button>
        <SendKeys />
      </div>
    </form>
  );
}

function startAtEnd(field: HTMLTextAreaElement | null): void {
  field?.focus();
  field?.setSelectionRange(field.value.length, field.value.length);
}
