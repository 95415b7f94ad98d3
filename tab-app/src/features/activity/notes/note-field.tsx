import { CircleAlert } from "lucide-react";
import { type ComponentProps, useId } from "react";
import { formKeys } from "#ui/form/form-keys.ts";
import styles from "./note-field.module.css";

export interface NoteFieldProps extends Pick<ComponentProps<"textarea">, "ref" | "placeholder"> {
  text: string;
  onText: (text: string) => void;
  onEscape?: () => void;
  problem: string | null;
  /** One line high while it is empty. */
  isCompact?: boolean;
}

export function NoteField({
  text,
  onText,
  onEscape,
  problem,
  isCompact = false,
  ...rest
}: NoteFieldProps) {
  const problemId = useId();
  return (
    <div>
      <textarea
        aria-label="Note"
        dir="auto"
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : problemId}
        className={styles.field}
        data-compact={isCompact && text === ""}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={formKeys({ onEscape })}
        {...rest}
      />
      {/* Announced once, not again at each keystroke that changes a count in it. */}
      <div id={problemId} aria-live="polite" aria-relevant="additions">
        {problem !== null && (
          <p className={styles.problem}>
            <CircleAlert aria-hidden="true" />
            {problem}
          </p>
        )}
      </div>
    </div>
  );
}
