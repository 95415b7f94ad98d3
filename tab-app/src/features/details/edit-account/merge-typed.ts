import { type AccountFields, accountFieldNames } from "#data/outbox/fields.ts";
import { type Merge, mergeEdit } from "#data/outbox/merge-edit.ts";

/** The typed fields, and the value that each showed before it was typed over. */
export interface Typed {
  readonly over: Partial<AccountFields>;
  readonly mine: Partial<AccountFields>;
}

/** Merges the typed fields with the current record. Fields that were not typed in are theirs. */
export function mergeTyped({ over, mine }: Typed, theirs: AccountFields): Merge<AccountFields> {
  const merge = mergeEdit({ ...theirs, ...over }, mine, theirs);
  // A value typed back to what it was before theirs is no edit to `mergeEdit`, but the user typed it.
  const restored = accountFieldNames.flatMap((field) => {
    const value = mine[field];
    return value !== undefined && value === over[field] && value !== theirs[field]
      ? [{ field, base: value, theirs: theirs[field], mine: value }]
      : [];
  });
  const restoredFields = Object.fromEntries(restored.map(({ field, mine }) => [field, mine]));
  return {
    ...merge,
    merged: { ...merge.merged, ...restoredFields },
    changes: { ...merge.changes, ...restoredFields },
    conflicts: [...merge.conflicts, ...restored],
  };
}
