import { Select as Base } from "@base-ui/react/select";
import { clsx } from "clsx";
import { Check, ChevronsUpDown } from "lucide-react";
import type { ReactNode, Ref } from "react";
import popupStyles from "#ui/popup.module.css";
import fieldStyles from "./field.module.css";
import { Field, type FieldProps } from "./field.tsx";
import styles from "./select.module.css";

export interface SelectOption {
  value: string;
  label: string;
  /** Decoration before the label. */
  icon?: ReactNode;
}

export interface SelectProps extends Pick<FieldProps, "label" | "error" | "note" | "disabled"> {
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  options: readonly SelectOption[];
  name?: string;
  readOnly?: boolean;
  /** The button that opens it. */
  ref?: Ref<HTMLButtonElement>;
}

/** A choice of one among a few options, in a popup. A value without an option is shown as it is. */
export function Select({
  label,
  error,
  note,
  disabled = false,
  readOnly = false,
  value,
  onChange,
  onBlur,
  options,
  name,
  ref,
}: SelectProps) {
  const chosen = options.find((option) => option.value === value);
  return (
    <Field label={label} error={error} note={note} disabled={disabled} isButton>
      <Base.Root
        value={value}
        onValueChange={(next) => {
          if (next !== null) onChange(next);
        }}
        disabled={disabled}
        readOnly={readOnly}
        modal={false}
        {...(name !== undefined && { name })}
      >
        <Base.Trigger
          ref={ref}
          className={clsx(fieldStyles.control, styles.trigger)}
          onBlur={onBlur}
        >
          <Base.Value className={styles.value}>
            <OptionFace {...(chosen ?? { label: value })} />
          </Base.Value>
          <ChevronsUpDown aria-hidden="true" className={styles.chevron} />
        </Base.Trigger>
        <Base.Portal>
          <Base.Positioner
            className={styles.positioner}
            alignItemWithTrigger={false}
            sideOffset={4}
            collisionPadding={8}
          >
            <Base.Popup className={clsx(popupStyles.surface, popupStyles.motion, styles.popup)}>
              <Base.List className={styles.list}>
                {options.map((option) => (
                  <Base.Item
                    key={option.value}
                    value={option.value}
                    className={clsx(popupStyles.item, styles.item)}
                  >
                    <Base.ItemText className={styles.value}>
                      <OptionFace {...option} />
                    </Base.ItemText>
                    <Base.ItemIndicator className={styles.check}>
                      <Check aria-hidden="true" />
                    </Base.ItemIndicator>
                  </Base.Item>
                ))}
              </Base.List>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </Field>
  );
}

function OptionFace({ label, icon }: Pick<SelectOption, "label" | "icon">) {
  return (
    <>
      {icon && (
        <span aria-hidden="true" className={styles.icon}>
          {icon}
        </span>
      )}
      <span className={styles.label}>{label}</span>
    </>
  );
}
