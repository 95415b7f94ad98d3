import { useState } from "react";
import styles from "./feed-filter-bar.module.css";

export interface DayFieldProps {
  label: string;
  /** `2026-01-31`; "" for none. */
  day: string;
  min?: string;
  max?: string;
  onDay: (day: string) => void;
}

/** A date field that reports whole days only: while a year is typed, its value is a day of long ago. */
export function DayField({ label, day, min = "", max = "", onDay }: DayFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      type="date"
      aria-label={label}
      className={styles.day}
      value={typed ?? day}
      min={min || "1900-01-01"}
      max={max}
      onChange={({ target: { value } }) => {
        setTyped(value);
        if (value === "" || value >= "1900") onDay(value);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
