import type { ReactNode } from "react";
import styles from "./account-mark.module.css";

export interface AccountMarkProps {
  icon: ReactNode;
  words: string;
  /** Soon over, as a rule: shown only if it is not. */
  late?: boolean;
}

/** A sign in the list; its words are a hint, and read out. */
export function AccountMark({ icon, words, late = false }: AccountMarkProps) {
  return (
    <span className={styles.mark} title={words} data-late={late}>
      <span aria-hidden="true">{icon}</span>
      <span className="visually-hidden">{words}</span>
    </span>
  );
}
