import { useId, useState } from "react";
import { useSession } from "#data/hooks/use-work.ts";
import type { FieldConflict } from "#data/outbox/merge-edit.ts";
import { labelOf, labelsOf } from "#shared/fields/field-labels.ts";
import { useValueText } from "#shared/fields/use-value-text.ts";
import { capitalize } from "#shared/text/capitalize.ts";
import { useUsers } from "#shared/users/use-users.ts";
import { Button } from "#ui/button.tsx";
import { formKeys } from "#ui/form/form-keys.ts";
import { RadioGroup } from "#ui/form/radio-group.tsx";
import { Dialog } from "#ui/popup/dialog.tsx";
import { ConflictingText } from "./conflicting-text.tsx";
import { EditBoth } from "./edit-both.tsx";
import styles from "./merge-dialog.module.css";
import { mergeText } from "./merge-text.ts";

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
  readonly sides: { readonly [K in F]?: "theirs" | "mine" | "both" };
  /** The texts made of both, as far as they were edited. */
  readonly texts: { readonly [K in F]?: string };
}

/** What is chosen from a list, or has a form of its own: of two such values no third is made. */
const isText = (field: string) =>
  ["name", "notes", "industry", "city", "title", "body"].includes(field);

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
  const [choice, setChoice] = useState<Choice<F>>({ of: conflicts, sides: {}, texts: {} });
  const { sides, texts }: Choice<F> =
    choice.of === conflicts ? choice : { of: conflicts, sides: {}, texts: {} };
  const { who } = useSession();
  const users = useUsers();
  const me = who.kind === "user" ? users.get(who.id)?.name : undefined;
  const parts = new Map(
    conflicts
      .filter(({ field }) => isText(field))
      .map(({ field, base, theirs, mine }) => [field, mergeText(base, theirs, mine)]),
  );
  const textOf = (field: F) =>
    texts[field] ?? (parts.get(field) ?? []).map(({ text }) => text).join("");

  function settle() {
    const chosen: { [K in F]?: string } = {};
    for (const conflict of conflicts) {
      const side: "theirs" | "mine" | "both" = sides[conflict.field] ?? "mine";
      chosen[conflict.field] = side === "both" ? textOf(conflict.field) : conflict[side];
    }
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
          <div key={field}>
            <RadioGroup
              label={labelOf(field)}
              description={
                <span className={styles.was}>Was: {valueText(field, base) || "Empty"}</span>
              }
              value={sides[field] ?? "mine"}
              onChange={(side) =>
                setChoice({ of: conflicts, sides: { ...sides, [field]: side }, texts })
              }
              options={[
                {
                  value: "theirs",
                  label: `Theirs (${author})`,
                  text: (
                    <ConflictingText
                      text={valueText(field, theirs)}
                      base={valueText(field, base)}
                    />
                  ),
                },
                {
                  value: "mine",
                  label: me ? `Mine (${me})` : "Mine",
                  text: (
                    <ConflictingText text={valueText(field, mine)} base={valueText(field, base)} />
                  ),
                },
                ...(parts.has(field)
                  ? [{ value: "both" as const, label: "Both", text: "Edit a text made of the two" }]
                  : []),
              ]}
            />
            {sides[field] === "both" && (
              <EditBoth
                label={labelOf(field)}
                parts={parts.get(field) ?? []}
                author={capitalize(author)}
                text={textOf(field)}
                onText={(text) =>
                  setChoice({ of: conflicts, sides, texts: { ...texts, [field]: text } })
                }
              />
            )}
          </div>
        ))}
      </form>
    </Dialog>
  );
}
