import styles from "./conflicting-text.module.css";
import { differingPart } from "./differing-part.ts";

export interface ConflictingTextProps {
  text: string;
  /** What it was before both sides changed it. */
  base: string;
}

/** One side of a conflict. Of a long text, what differs. */
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
