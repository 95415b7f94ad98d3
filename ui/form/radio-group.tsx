import type { ReactNode } from "react";
import { useUiPart } from "#ui/parts/ui-part.ts";
import { usePart } from "#ui/parts/use-part.ts";

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

/** A choice of one among a few options, all visible. Only in what is loaded on demand itself, as in a dialog. */
export function RadioGroup<V extends string>(props: RadioGroupProps<V>) {
  const parts = usePart(useUiPart());
  return parts && <parts.RadioGroupPart {...props} />;
}
