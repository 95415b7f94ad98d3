import { Field as Base } from "@base-ui/react/field";
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./field.module.css";

export interface FieldProps {
  label: string;
  /** What is wrong with the value: announced, and the description of the control. */
  error?: string | undefined;
  /** Anything else about the value, below the control. */
  note?: ReactNode;
  disabled?: boolean | undefined;
  /** The control is a button, which a click on a native label would press. */
  isButton?: boolean;
  children: ReactNode;
}

/** A control with its label above and its error below. */
export function Field({
  label,
  error,
  note,
  disabled = false,
  isButton = false,
  children,
}: FieldProps) {
  return (
    <Base.Root className={styles.field} invalid={error !== undefined} disabled={disabled}>
      {isButton ? (
        <Base.Label nativeLabel={false} render={<div />} className={styles.label}>
          {label}
        </Base.Label>
      ) : (
        <Base.Label className={styles.label}>{label}</Base.Label>
      )}
      {children}
      {error !== undefined && (
        <Base.Error match className={styles.error}>
          <CircleAlert aria-hidden="true" />
          {error}
        </Base.Error>
      )}
      {note}
    </Base.Root>
  );
}
