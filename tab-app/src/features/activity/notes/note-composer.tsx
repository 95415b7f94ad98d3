import { History } from "lucide-react";
import { type ComponentType, useRef, useState } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { useSend } from "#data/hooks/use-send.ts";
import { useSession } from "#data/hooks/use-work.ts";
import { newNoteSubject } from "#data/storage/draft-subject.ts";
import { randomDigits } from "#data/tabs/tab-id.ts";
import { useCommand } from "#shared/commands/use-command.ts";
import { useAppPart } from "#shared/lazy/app-part.ts";
import { Button } from "#ui/button.tsx";
import { SendKeys } from "#ui/form/send-keys.tsx";
import { authorOf } from "./is-own-note.ts";
import { fromLocalTime } from "./local-time.ts";
import type { LogFieldsProps } from "./log-fields.tsx";
import type { LoggedKind } from "./logged-kinds.ts";
import styles from "./note-composer.module.css";
import { type NewNoteDraft, useNewNoteDraft } from "./note-draft.ts";
import { NoteField } from "./note-field.tsx";
import { noteOfText, problemOfNote, problemOfTime } from "./note-text.ts";
import { useOpenWhileFocused } from "./use-open-while-focused.ts";

const words: Readonly<Record<LoggedKind, { placeholder: string; submit: string }>> = {
  note: { placeholder: "Write a note…", submit: "Add note" },
  call: { placeholder: "What was said?", submit: "Log call" },
  email: { placeholder: "What was written?", submit: "Log email" },
  meeting: { placeholder: "What was agreed?", submit: "Log meeting" },
};

export interface NoteComposerProps {
  accountId: string;
  onAdd?: (() => void) | undefined;
}

/** The form for a note, a call, an email or a meeting. What was typed is the draft, so it survives a reload. */
export function NoteComposer({ accountId, onAdd }: NoteComposerProps) {
  const { drafts } = useData();
  const { who } = useSession();
  const { mutate: send } = useSend();
  const field = useRef<HTMLTextAreaElement>(null);
  const { isOpen, within } = useOpenWhileFocused();
  const parts = useAppPart<{ LogFields: ComponentType<LogFieldsProps> }>(isOpen);
  const [isTouched, setTouched] = useState(false);
  const [isSubmitted, setSubmitted] = useState(false);
  const draft = useNewNoteDraft(accountId);
  const { text = "", kind = "note", when, refusal } = draft ?? {};
  const note = noteOfText(text);
  const isBegun = text.trim() !== "" || isSubmitted;
  const problem = refusal ?? (isBegun ? problemOfNote(note) : null) ?? problemOfTime(when);

  const write = (next: NewNoteDraft) => {
    setTouched(next.text !== "");
    setSubmitted(false);
    const isEmpty = next.text === "" && next.kind === undefined && next.when === undefined;
    if (isEmpty) drafts.remove(newNoteSubject(accountId));
    else drafts.put(newNoteSubject(accountId), next);
  };
  const change = (changes: Partial<NewNoteDraft>) => {
    const { refusal: _, ...before } = draft ?? { text };
    write({ ...before, ...changes });
  };

  const begin = (next: LoggedKind | undefined) => {
    if (next) change({ kind: next });
    field.current?.focus();
  };
  useCommand("new note", () => begin(undefined));
  useCommand("log call", () => begin("call"));
  useCommand("log email", () => begin("email"));
  useCommand("log meeting", () => begin("meeting"));

  const add = () => {
    field.current?.focus();
    setSubmitted(true);
    if (problemOfNote(note) !== null || problemOfTime(when) !== null) return;
    const id = `act-${randomDigits()}${randomDigits()}`;
    const { title, body } = note;
    const chosen = when === undefined ? null : fromLocalTime(when);
    send({
      type: "create note",
      id,
      accountId,
      row: {
        id,
        accountId,
        kind,
        title,
        ...(body && { body }),
        at: chosen ?? new Date().toISOString(),
        pinned: false,
        authorId: authorOf(who),
      },
      ...(chosen !== null && { isDated: true }),
    });
    write({ text: "" });
    onAdd?.();
  };

  return (
    <form
      aria-label="New note"
      className={styles.composer}
      noValidate
      {...within}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <NoteField
        ref={field}
        text={text}
        onText={(next) => change({ text: next })}
        onEscape={() => field.current?.blur()}
        problem={problem}
        placeholder={words[kind].placeholder}
        isCompact={!isOpen}
      />
      {(isOpen || draft) && (
        <div className={styles.footer}>
          {parts && (
            <parts.LogFields
              kind={kind}
              when={when}
              onKind={(next) => change({ kind: next === "note" ? undefined : next })}
              onWhen={(next) => change({ when: next })}
            />
          )}
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
            {words[kind].submit}
          </Button>
        </div>
      )}
    </form>
  );
}
