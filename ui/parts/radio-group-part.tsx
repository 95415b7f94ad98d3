import { Radio } from "@base-ui/react/radio";
import { RadioGroup as Base } from "@base-ui/react/radio-group";
import { type ReactNode, useId } from "react";
import styles from "./radio-group.module.css";

export interface RadioOption<V extends string> {
  value: V;
  label: ReactNode;
  /** What the option means, below its label. */
  text?: ReactNode;
}

export interface RadioGroupProps<V extends string> {
  label: string;
  value: V;
  onChange: (value: V) => void;
  options: readonly RadioOption<V>[];
  /** Between the label and the options. */
  description?: ReactNode;
  disabled?: boolean;
}

export function RadioGroupPart<V extends string>({
  label,
  value,
  onChange,
  options,
  description,
  disabled = false,
}: RadioGroupProps<V>) {
  const id = useId();
  return (
    <div className={styles.frame}>
      <div id={`${id}label`} className={styles.label}>
        {label}
      </div>
      {description && (
        <div id={`${id}description`} className={styles.description}>
          {description}
        </div>
      )}
      <Base
        className={styles.options}
        aria-labelledby={`${id}label`}
        aria-describedby={description ? `${id}description` : undefined}
        value={value}
        onValueChange={onChange}
        disabled={disabled}
      >
        {options.map((option) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the radio in it is Base UI's
          <label key={option.value} className={styles.option}>
            <Radio.Root value={option.value} className={styles.radio}>
              <Radio.Indicator className={styles.dot} />
            </Radio.Root>
            <span className={styles.face}>
              <span className={styles.name}>{option.label}</span>
              {option.text !== undefined && <span className={styles.text}>{option.text}</span>}
            </span>
          </label>
        ))}
      </Base>
    </div>
  );
}
