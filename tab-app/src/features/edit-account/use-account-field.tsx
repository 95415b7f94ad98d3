import { useController } from "react-hook-form";
import type { AccountField } from "#data/outbox/fields.ts";
import { labelOf } from "#features/conflict/field-labels.ts";
import type { AccountFieldsProps } from "./account-fields.tsx";
import { problemOfField } from "./problem-of-field.ts";
import { TheirChange } from "./their-change.tsx";

/** One field, as controls of any kind take it. */
export function useAccountField(
  name: AccountField,
  { accountId, edit, theirs, changes, isSaving }: AccountFieldsProps,
) {
  const { field, fieldState } = useController({
    name,
    control: edit.form.control,
    rules: { validate: (value) => problemOfField(name, value) ?? true },
  });
  const version = changes[name];
  const typed = edit.typed.mine[name];
  const isTheirs = version === undefined || typed === undefined || typed === theirs[name];
  return {
    label: labelOf(name),
    name,
    value: field.value,
    ref: field.ref,
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
