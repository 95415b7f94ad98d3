import { Field as Base } from "@base-ui/react/field";
import { clsx } from "clsx";
import type { ComponentProps, CSSProperties, Ref } from "react";
import fieldStyles from "./field.module.css";
import { Field, type FieldProps } from "./field.tsx";
import styles from "./text-area.module.css";

export interface TextAreaProps
  extends Omit<ComponentProps<"textarea">, "children" | "className" | "ref" | "rows" | "style">,
    Pick<FieldProps, "label" | "error" | "note"> {
  ref?: Ref<HTMLTextAreaElement>;
  /** Lines shown at least. */
  minRows?: number;
  /** Lines up to which it grows with its text, before it scrolls. */
  maxRows?: number;
}

export function TextArea({
  label,
  error,
  note,
  disabled,
  minRows = 3,
  maxRows = 12,
  ref,
  ...rest
}: TextAreaProps) {
  return (
    <Field label={label} error={error} note={note} disabled={disabled}>
      <Base.Control
        className={clsx(fieldStyles.control, styles.area)}
        style={{ "--min-rows": minRows, "--max-rows": maxRows } as CSSProperties}
        render={<textarea ref={ref} dir="auto" {...rest} />}
      />
    </Field>
  );
}
