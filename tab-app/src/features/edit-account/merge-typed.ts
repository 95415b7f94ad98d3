import { type AccountFields, accountFieldNames } from "#data/outbox/fields.ts";
import { type Merge, mergeEdit } from "#data/outbox/merge-edit.ts";

/** What was typed, and what each of these fields showed when it began to be typed over. */
export interface Typed {
  readonly over: Partial<AccountFields>;
  readonly mine: Partial<AccountFields>;
}

/** Merges what was typed with the record as it is. A field that nobody typed in is theirs. */
export function mergeTyped({ over, mine }: Typed, theirs: AccountFields): Merge<AccountFields> {
  const merge = mergeEdit({ ...theirs, ...over }, mine, theirs);
  // Typed back to what it was before theirs: a merge takes that for no edit, but somebody typed it.
  const again = accountFieldNames.flatMap((field) => {
    const value = mine[field];
    return value !== undefined && value === over[field] && value !== theirs[field]
      ? [{ field, base: value, theirs: theirs[field], mine: value }]
      : [];
  });
  const typedAgain = Object.fromEntries(again.map(({ field, mine }) => [field, mine]));
  return {
    ...merge,
    merged: { ...merge.merged, ...typedAgain },
    changes: { ...merge.changes, ...typedAgain },
    conflicts: [...merge.conflicts, ...again],
  };
}
