import { useState } from "react";
import { TextField, type TextFieldProps } from "#ui/form/text-field.tsx";
import { formatAmount, parseAmount } from "./parse-amount.ts";

export interface AmountFieldProps extends Omit<TextFieldProps, "value" | "onChange"> {
  /** As JavaScript writes the number; what is none as it was typed. */
  value: string;
  onText: (value: string) => void;
}

/** A number, typed as people write it. The field keeps what was typed as long as that is its value. */
export function AmountField({ value, onText, ...field }: AmountFieldProps) {
  const [typed, setTyped] = useState({ text: "", value: "" });
  return (
    <TextField
      {...field}
      inputMode="decimal"
      autoComplete="off"
      value={typed.value === value ? typed.text : toText(value)}
      onChange={({ target: { value: text } }) => {
        const next = toValue(text);
        setTyped({ text, value: next });
        onText(next);
      }}
    />
  );
}

function toValue(text: string): string {
  return text.trim() === "" ? "" : String(parseAmount(text) ?? text);
}

function toText(value: string): string {
  return value === "" || Number.isNaN(Number(value)) ? value : formatAmount(Number(value));
}
