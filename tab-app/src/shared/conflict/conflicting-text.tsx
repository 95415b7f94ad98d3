import styles from "./conflicting-text.module.css";
import { differingPart } from "./differing-part.ts";

export interface ConflictingTextProps {
  text: string;
  /** The text before both sides changed it. */
  base: string;
}

/** One side of a conflict; of a long text, the part that differs. */
export function ConflictingText({ text, base }: ConflictingTextProps) {
  if (text === "") return <span className={styles.empty}>Empty</span>;
  const part = differingPart(text, base);
  if (!part) return text;
  return (
    <>
      {part.before}
      <mark className={styles.differs}>{part.differs || "(taken away)"}</mark>
      {part.after}
    </>
  );
}
