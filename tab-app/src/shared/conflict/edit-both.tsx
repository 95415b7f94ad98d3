import { TextArea } from "#ui/form/text-area.tsx";
import styles from "./edit-both.module.css";
import type { MergedPart } from "./merge-text.ts";

export interface EditBothProps {
  label: string;
  /** What was made of both, before it was edited. */
  parts: readonly MergedPart[];
  /** "Tab B" */
  author: string;
  text: string;
  onText: (text: string) => void;
}

/** A text made of both sides, to be edited, with what is whose marked above it. */
export function EditBoth({ label, parts, author, text, onText }: EditBothProps) {
  return (
    <>
      <p className={styles.parts} dir="auto">
        {parts.map(({ text, of }, at) =>
          of === "both" ? (
            text
          ) : (
            <mark
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one merge do not move
              key={at}
              className="tone"
              data-tone={of === "mine" ? "accent" : "violet"}
              title={of === "mine" ? "Yours" : author}
            >
              {text}
            </mark>
          ),
        )}
      </p>
      <TextArea
        label={`${label}, from both`}
        dir="auto"
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
    </>
  );
}
