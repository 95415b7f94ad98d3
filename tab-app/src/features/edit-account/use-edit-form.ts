import { useEffect, useState } from "react";
import { type UseFormReturn, useForm } from "react-hook-form";
import { useData } from "#data/hooks/use-data.ts";
import { useDraft } from "#data/hooks/use-work.ts";
import { type AccountField, type AccountFields, accountFieldNames } from "#data/outbox/fields.ts";
import type { FieldConflict } from "#data/outbox/merge-edit.ts";
import { editSubject } from "#data/storage/draft-subject.ts";
import { draftOf, readEditDraft } from "./edit-draft.ts";
import type { Typed } from "./merge-typed.ts";

export interface EditFormOptions {
  accountId: string;
  /** The record as it is shown, and the version it is of. */
  theirs: AccountFields;
  version: number;
  isSaving: boolean;
}

export interface EditForm {
  readonly form: UseFormReturn<AccountFields>;
  readonly typed: Typed;
  /** The record as it was when this was begun. */
  readonly begun: AccountFields;
  /** Tells of each keystroke, once the form has it. */
  type(field: AccountField, text: string): void;
  /** Lets go of what was typed in a field. */
  takeTheirs(field: AccountField): void;
  /** The user decided: what is theirs now is what the rest was typed over. */
  settle(conflicts: readonly FieldConflict<AccountField>[], chosen: Partial<AccountFields>): void;
}

/** What was typed stays, and is kept as a draft; every other field follows the record. */
export function useEditForm({ accountId, theirs, version, isSaving }: EditFormOptions): EditForm {
  const { drafts } = useData();
  const subject = editSubject(accountId);
  const [before] = useState(() => readEditDraft(drafts.get(subject)?.value, theirs));
  const [begun] = useState(() => ({ ...theirs, ...before?.over }));
  const [over, setOver] = useState<Typed["over"]>({});
  const form = useForm<AccountFields>({
    values: theirs,
    resetOptions: { keepDirtyValues: true, keepErrors: true, keepSubmitCount: true },
    // Not when a field is left: what comes up then would move the button that is being pressed.
    mode: "onChange",
  });
  const typed = typedIn(form.watch(), over);

  useEffect(() => {
    if (!before) return;
    const { over, mine } = before;
    for (const field of accountFieldNames)
      if (mine[field] !== undefined) form.setValue(field, mine[field], { shouldDirty: true });
    setOver(over);
  }, [before, form]);

  // An edit of before takes the draft with it when it is confirmed, and what was typed since as well.
  const isLost = useDraft(subject) === undefined && !isSaving;
  useEffect(() => {
    if (isLost && Object.keys(over).length > 0)
      drafts.put(subject, draftOf(typedIn(form.getValues(), over), theirs, version));
  }, [isLost, drafts, subject, form, over, theirs, version]);

  function keep(next: Typed["over"]) {
    setOver(next);
    if (Object.keys(next).length === 0) drafts.remove(subject);
    else drafts.put(subject, draftOf(typedIn(form.getValues(), next), theirs, version));
  }

  return {
    form,
    typed,
    begun,
    type(field, text) {
      const { [field]: before = theirs[field], ...rest } = over;
      keep(text === theirs[field] ? rest : { ...rest, [field]: before });
    },
    takeTheirs(field) {
      const { [field]: _, ...rest } = over;
      form.resetField(field, { defaultValue: theirs[field] });
      keep(rest);
    },
    settle(conflicts, chosen) {
      const next = { ...over };
      for (const { field, theirs } of conflicts) {
        next[field] = theirs;
        if (chosen[field] !== theirs) continue;
        form.resetField(field, { defaultValue: theirs });
        delete next[field];
      }
      keep(next);
    },
  };
}

function typedIn(values: AccountFields, over: Typed["over"]): Typed {
  const mine: Partial<AccountFields> = {};
  for (const field of accountFieldNames)
    if (over[field] !== undefined)
      mine[field] = field === "name" ? values.name.trim() : values[field];
  return { over, mine };
}
