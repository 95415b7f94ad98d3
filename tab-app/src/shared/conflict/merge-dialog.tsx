import { useId, useState } from "react";
import type { FieldConflict } from "#data/outbox/merge-edit.ts";
import { labelOf, labelsOf } from "#shared/fields/field-labels.ts";
import { useValueText } from "#shared/fields/use-value-text.ts";
import { capitalize } from "#shared/text/capitalize.ts";
import { Button } from "#ui/button.tsx";
import { formKeys } from "#ui/form/form-keys.ts";
import { RadioGroup } from "#ui/form/radio-group.tsx";
import { Dialog } from "#ui/popup/dialog.tsx";
import { ConflictingText } from "./conflicting-text.tsx";
import styles from "./merge-dialog.module.css";

export interface MergeDialogProps<F extends string> {
  open: boolean;
  conflicts: readonly FieldConflict<F>[];
  /** Of their change, within a sentence: "Tab B", "a hand edit or a script". */
  author: string;
  onCancel: () => void;
  /** The value to keep, for each conflict. */
  onSettle: (chosen: { [K in F]?: string }) => void;
}

/** The sides chosen so far, and for which conflicts: other conflicts reset the choice. */
interface Choice<F extends string> {
  readonly of: readonly FieldConflict<F>[];
  readonly sides: { readonly [K in F]?: "theirs" | "mine" };
}

/** Both sides changed the same fields: the user chooses which value to keep. */
export function MergeDialog<F extends string>({
  open,
  conflicts,
  author,
  onCancel,
  onSettle,
}: MergeDialogProps<F>) {
  const form = useId();
  const valueText = useValueText();
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
      title={`${capitalize(author)} changed this too`}
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
            description={
              <span className={styles.was}>Was: {valueText(field, base) || "Empty"}</span>
            }
            value={sides[field] ?? "mine"}
            onChange={(side) => setChoice({ of: conflicts, sides: { ...sides, [field]: side } })}
            options={[
              {
                value: "theirs",
                label: `Theirs (${author})`,
                text: (
                  <ConflictingText text={valueText(field, theirs)} base={valueText(field, base)} />
                ),
              },
              {
                value: "mine",
                label: "Mine",
                text: (
                  <ConflictingText text={valueText(field, mine)} base={valueText(field, base)} />
                ),
              },
            ]}
          />
        ))}
      </form>
    </Dialog>
  );
}
