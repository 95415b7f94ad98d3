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
  /** The record as shown, and its version. */
  theirs: AccountFields;
  version: number;
  isSaving: boolean;
}

export interface EditForm {
  readonly form: UseFormReturn<AccountFields>;
  readonly typed: Typed;
  /** The record when the edit was begun. */
  readonly begun: AccountFields;
  /** Records a keystroke, after the form has it. */
  type(field: AccountField, text: string): void;
  /** Discards what was typed in a field. */
  takeTheirs(field: AccountField): void;
  /** Applies the user's choice: their values are from now on the ones that were typed over. */
  settle(conflicts: readonly FieldConflict<AccountField>[], chosen: Partial<AccountFields>): void;
}

/** A form whose typed fields stay, and are stored as a draft, while all others follow the record. */
export function useEditForm({ accountId, theirs, version, isSaving }: EditFormOptions): EditForm {
  const { drafts } = useData();
  const subject = editSubject(accountId);
  const [before] = useState(() => readEditDraft(drafts.get(subject)?.value, theirs));
  const [begun] = useState(() => ({ ...theirs, ...before?.over }));
  const [over, setOver] = useState<Typed["over"]>({});
  const form = useForm<AccountFields>({
    values: theirs,
    resetOptions: { keepDirtyValues: true, keepErrors: true, keepSubmitCount: true },
    // Not on blur: an error that appears then would move the button that is being pressed.
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

  // When an earlier edit is confirmed its draft is removed, with what was typed since: store that again.
  const isLost = useDraft(subject) === undefined && !isSaving;
  useEffect(() => {
    if (isLost && Object.keys(over).length > 0)
      drafts.put(subject, draftOf(typedIn(form.getValues(), over), theirs, version));
  }, [isLost, drafts, subject, form, over, theirs, version]);

  function update(next: Typed["over"]) {
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
      update(text === theirs[field] ? rest : { ...rest, [field]: before });
    },
    takeTheirs(field) {
      const { [field]: _, ...rest } = over;
      form.resetField(field, { defaultValue: theirs[field] });
      update(rest);
    },
    settle(conflicts, chosen) {
      const next = { ...over };
      for (const { field, theirs } of conflicts) {
        next[field] = theirs;
        const value = chosen[field];
        // One that was made of both is what is typed from now on.
        if (value !== undefined && value !== theirs)
          form.setValue(field, value, { shouldDirty: true });
        if (value !== theirs) continue;
        form.resetField(field, { defaultValue: theirs });
        delete next[field];
      }
      update(next);
    },
  };
}

function typedIn(values: AccountFields, over: Typed["over"]): Typed {
  const mine: Partial<AccountFields> = {};
  for (const field of accountFieldNames)
    if (over[field] !== undefined)
      mine[field] = isLine(field) ? values[field].trim() : values[field];
  return { over, mine };
}

/** A text of one line, whose ends say nothing. */
function isLine(field: AccountField): boolean {
  return field === "name" || field === "industry" || field === "city";
}
