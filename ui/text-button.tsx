import type { ReactNode } from "react";
import styles from "./text-button.module.css";
import type { Tone } from "./tone.ts";

export interface TextButtonProps {
  tone: Tone;
  icon: ReactNode;
  onClick: () => void;
  children: ReactNode;
}

/** A button in a line of text. */
export function TextButton({ tone, icon, onClick, children }: TextButtonProps) {
  return (
    <button type="button" data-tone={tone} className={`tone ${styles.button}`} onClick={onClick}>
      {icon}
      {children}
    </button>
  );
}
