import { Field as Base } from "@base-ui/react/field";
import type { ComponentProps, Ref } from "react";
import styles from "./field.module.css";
import { Field, type FieldProps } from "./field.tsx";

export interface TextFieldProps
  extends Omit<ComponentProps<"input">, "children" | "className" | "ref">,
    Pick<FieldProps, "label" | "error" | "note"> {
  ref?: Ref<HTMLInputElement>;
}

export function TextField({ label, error, note, disabled, ...rest }: TextFieldProps) {
  return (
    <Field label={label} error={error} note={note} disabled={disabled}>
      <Base.Control className={styles.control} dir="auto" {...rest} />
    </Field>
  );
}
