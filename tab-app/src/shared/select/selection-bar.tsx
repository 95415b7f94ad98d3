import { X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "#ui/icon-button.tsx";
import styles from "./selection-bar.module.css";

export interface SelectionBarProps {
  /** "Selected activities" */
  label: string;
  count: number;
  onClear: () => void;
  /** What can be done to all of them. */
  children: ReactNode;
}

/** At the lower end of a list, in view while rows of it are selected. */
export function SelectionBar({ label, count, onClear, children }: SelectionBarProps) {
  return (
    <div role="toolbar" aria-label={label} className={styles.bar}>
      <span role="status" className={styles.count}>
        {count.toLocaleString("en")} selected
      </span>
      {children}
      <IconButton
        size="sm"
        label="Clear selection"
        icon={<X />}
        className={styles.clear}
        onClick={onClear}
      />
    </div>
  );
}
