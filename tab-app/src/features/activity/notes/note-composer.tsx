import { History } from "lucide-react";
import { useRef, useState } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { useSend } from "#data/hooks/use-send.ts";
import { useSession } from "#data/hooks/use-work.ts";
import { newNoteSubject } from "#data/storage/draft-subject.ts";
import { randomDigits } from "#data/tabs/tab-id.ts";
import { Button } from "#ui/button.tsx";
import { SendKeys } from "#ui/form/send-keys.tsx";
import { authorOf } from "./is-own-note.ts";
import styles from "./note-composer.module.css";
import { useNewNoteDraft } from "./note-draft.ts";
import { NoteField } from "./note-field.tsx";
import { noteOfText, problemOfNote } from "./note-text.ts";
import { useOpenWhileFocused } from "./use-open-while-focused.ts";

export interface NoteComposerProps {
  accountId: string;
  onAdd?: (() => void) | undefined;
}

/** The form for a new note. Its text is the draft, so it survives a reload. */
export function NoteComposer({ accountId, onAdd }: NoteComposerProps) {
  const { drafts } = useData();
  const { who } = useSession();
  const { mutate: send } = useSend();
  const field = useRef<HTMLTextAreaElement>(null);
  const { isOpen, within } = useOpenWhileFocused();
  const [isTouched, setTouched] = useState(false);
  const [isSubmitted, setSubmitted] = useState(false);
  const draft = useNewNoteDraft(accountId);
  const text = draft?.text ?? "";
  const note = noteOfText(text);
  const isBegun = text.trim() !== "" || isSubmitted;
  const problem = draft?.refusal ?? (isBegun ? problemOfNote(note) : null);

  const write = (next: string) => {
    setTouched(next !== "");
    setSubmitted(false);
    if (next === "") drafts.remove(newNoteSubject(accountId));
    else drafts.put(newNoteSubject(accountId), { text: next });
  };

  const add = () => {
    field.current?.focus();
    setSubmitted(true);
    if (problemOfNote(note) !== null) return;
    const id = `act-${randomDigits()}${randomDigits()}`;
    const { title, body } = note;
    send({
      type: "create note",
      id,
      accountId,
      row: {
        id,
        accountId,
        kind: "note",
        title,
        ...(body && { body }),
        at: new Date().toISOString(),
        pinned: false,
        authorId: authorOf(who),
      },
    });
    write("");
    onAdd?.();
  };

  return (
    <form
      aria-label="New note"
      className={styles.composer}
      {...within}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <NoteField
        ref={field}
        text={text}
        onText={write}
        onEscape={() => field.current?.blur()}
        problem={problem}
        placeholder="Write a note…"
        isCompact={!isOpen}
      />
      {(isOpen || text !== "") && (
        <div className={styles.footer}>
          <p className={styles.hint}>
            {problem === null &&
              (text !== "" && !isTouched ? (
                <>
                  <History aria-hidden="true" />
                  Draft kept
                </>
              ) : (
                "The first line is the title"
              ))}
          </p>
          <SendKeys />
          <Button type="submit" variant="primary" size="sm">
            Add note
          </Button>
        </div>
      )}
    </form>
  );
}
