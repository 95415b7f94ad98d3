import { useId, useState } from "react";
import type { FieldConflict } from "#data/outbox/merge-edit.ts";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { formKeys } from "#ui/form-keys.ts";
import { RadioGroup } from "#ui/radio-group.tsx";
import { ConflictingText } from "./conflicting-text.tsx";
import { labelOf, labelsOf } from "./field-labels.ts";
import styles from "./merge-dialog.module.css";
import { useValueWords } from "./use-value-words.ts";
import { startSentence } from "./who-words.ts";

export interface MergeDialogProps<F extends string> {
  open: boolean;
  conflicts: readonly FieldConflict<F>[];
  /** Who made theirs, within a sentence: "Tab B", "a hand edit or a script". */
  who: string;
  onCancel: () => void;
  /** The value that counts, for each of the conflicts. */
  onSettle: (chosen: { [K in F]?: string }) => void;
}

/** What was chosen, and for which conflicts: others begin anew. */
interface Choice<F extends string> {
  readonly of: readonly FieldConflict<F>[];
  readonly sides: { readonly [K in F]?: "theirs" | "mine" };
}

/** Both sides changed the same fields: the user says which value counts. */
export function MergeDialog<F extends string>({
  open,
  conflicts,
  who,
  onCancel,
  onSettle,
}: MergeDialogProps<F>) {
  const form = useId();
  const words = useValueWords();
  const labels = labelsOf(conflicts.map(({ field }) => field));
  const [choice, setChoice] = useState<Choice<F>>({ of: conflicts, sides: {} });
  const sides: Choice<F>["sides"] = choice.of === conflicts ? choice.sides : {};

  function settle() {
    const chosen: { [K in F]?: string } = {};
    for (const conflict of conflicts)
      chosen[conflict.field] = conflict[sides[conflict.field] ?? "mine"];
    onSettle(chosen);
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) onCancel();
      }}
      title={`${startSentence(who)} changed this too`}
      description={`Choose the ${labels} to keep. What does not overlap is kept from both.`}
      actions={
        <>
          <Button variant="ghost" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" form={form} variant="primary">
            Save
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={styles.conflicts}
        onSubmit={(event) => {
          event.preventDefault();
          settle();
        }}
        onKeyDown={formKeys()}
      >
        {conflicts.map(({ field, base, theirs, mine }) => (
          <RadioGroup
            key={field}
            label={labelOf(field)}
            description={<span className={styles.was}>Was: {words(field, base) || "Empty"}</span>}
            value={sides[field] ?? "mine"}
            onChange={(side) => setChoice({ of: conflicts, sides: { ...sides, [field]: side } })}
            options={[
              {
                value: "theirs",
                label: `Theirs (${who})`,
                text: <ConflictingText text={words(field, theirs)} base={words(field, base)} />,
              },
              {
                value: "mine",
                label: "Mine",
                text: <ConflictingText text={words(field, mine)} base={words(field, base)} />,
              },
            ]}
          />
        ))}
      </form>
    </Dialog>
  );
}
