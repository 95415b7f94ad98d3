/** The fields of a form, as text. */
export type Fields = Readonly<Record<string, string>>;

/** Base, theirs and mine of one field that both sides changed to different values. */
export interface FieldConflict<F extends string = string> {
  readonly field: F;
  readonly base: string;
  readonly theirs: string;
  readonly mine: string;
}

export interface Merge<T extends Fields> {
  /** Mine where only I changed a field, theirs where only they did. Of a conflict: mine. */
  readonly merged: T;
  /** The fields of `merged` that differ from theirs: what is left to send. */
  readonly changes: Partial<T>;
  /** Fields that both changed to different values: the user decides. */
  readonly conflicts: readonly FieldConflict<Extract<keyof T, string>>[];
  /** Fields that they changed, mine or not. */
  readonly theirChanges: readonly Extract<keyof T, string>[];
}

/** Three-way merge of an edit made from `base` with the row as it is now. */
export function mergeEdit<T extends Fields>(base: T, mine: Partial<T>, theirs: T): Merge<T> {
  const names = Object.keys(base) as Extract<keyof T, string>[];
  const merged = { ...theirs };
  const changes: Partial<T> = {};
  const conflicts: FieldConflict<Extract<keyof T, string>>[] = [];
  const theirChanges = names.filter((field) => theirs[field] !== base[field]);
  for (const field of names) {
    const value = mine[field];
    if (value === undefined || value === base[field] || value === theirs[field]) continue;
    merged[field] = value;
    changes[field] = value;
    if (theirs[field] !== base[field])
      conflicts.push({ field, base: base[field] ?? "", theirs: theirs[field] ?? "", mine: value });
  }
  return { merged, changes, conflicts, theirChanges };
}

/** What is left to send on top of theirs once the user has decided each conflict. */
export function settleConflicts<T extends Fields>(
  { changes, conflicts }: Merge<T>,
  chosen: Partial<T>,
): Partial<T> {
  const settled = { ...changes, ...chosen };
  for (const { field, theirs } of conflicts) if (settled[field] === theirs) delete settled[field];
  return settled;
}
