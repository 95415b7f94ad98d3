import { useRef } from "react";
import { useController } from "react-hook-form";
import type { AccountField, AccountFields } from "#data/outbox/fields.ts";
import { labelOf } from "#shared/fields/field-labels.ts";
import { problemOfField } from "#shared/fields/problem-of-field.ts";
import { TheirChange } from "./their-change.tsx";
import type { EditForm } from "./use-edit-form.ts";
import type { RemoteChanges } from "./use-remote-changes.ts";

export interface AccountEdit {
  accountId: string;
  edit: EditForm;
  theirs: AccountFields;
  changes: RemoteChanges;
  isSaving: boolean;
}

/** The props of a control for one field. */
export function useAccountField(
  name: AccountField,
  { accountId, edit, theirs, changes, isSaving }: AccountEdit,
) {
  const control = useRef<HTMLElement>(null);
  const { field, fieldState } = useController({
    name,
    control: edit.form.control,
    rules: {
      validate: (value) =>
        (isHalfTyped(control.current) && "Enter the whole date, or clear it.") ||
        (problemOfField(name, value) ?? true),
    },
  });
  const version = changes[name];
  const typed = edit.typed.mine[name];
  const isTheirs = version === undefined || typed === undefined || typed === theirs[name];
  return {
    label: labelOf(name),
    name,
    value: field.value,
    ref(element: HTMLElement | null) {
      control.current = element;
      field.ref(element);
    },
    onBlur: field.onBlur,
    readOnly: isSaving,
    error: fieldState.error?.message,
    note: !isTheirs && (
      <TheirChange
        accountId={accountId}
        field={name}
        value={theirs[name]}
        version={version}
        onUse={() => {
          edit.takeTheirs(name);
          edit.form.setFocus(name);
        }}
      />
    ),
    onText(text: string) {
      field.onChange(text);
      edit.type(name, text);
    },
  };
}

/** The value of such a field is "", as of one that is empty. */
function isHalfTyped(control: HTMLElement | null): boolean {
  return control instanceof HTMLInputElement && control.validity.badInput;
}
