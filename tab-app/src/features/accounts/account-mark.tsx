import type { ReactNode } from "react";
import styles from "./account-mark.module.css";

export interface AccountMarkProps {
  icon: ReactNode;
  text: string;
  /** Usually over at once: shown only when it lasts. */
  late?: boolean;
}

/** An icon in the list, with its text as tooltip and for assistive technology. */
export function AccountMark({ icon, text, late = false }: AccountMarkProps) {
  return (
    <span className={styles.mark} title={text} data-late={late}>
      <span aria-hidden="true">{icon}</span>
      <span className="visually-hidden">{text}</span>
    </span>
  );
}
