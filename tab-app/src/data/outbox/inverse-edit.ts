import { type Changes, defined } from "./fields.ts";
import type { Fields } from "./merge-edit.ts";

interface Edit<T extends Fields> {
  readonly base: { readonly version: number; readonly fields: T };
  readonly changes: Changes<T>;
}

/**
 * The edit that takes an edit back, made from the row as that one left it. Whatever was changed since is merged, or
 * the user is asked, as with any edit. Before the answer the version is not known, and 0 has the row read first.
 */
export function inverseEdit<T extends Fields>(
  { base, changes }: Edit<T>,
  answered: { readonly version: number; readonly fields: T } | undefined,
): Edit<T> | null {
  const left = answered ?? { version: 0, fields: { ...base.fields, ...defined(changes) } };
  const taken = Object.keys(defined(changes)).filter(
    (field) => left.fields[field] !== base.fields[field],
  );
  if (taken.length === 0) return null;
  const before = Object.fromEntries(taken.map((field) => [field, base.fields[field]]));
  return { base: left, changes: before as Changes<T> };
}
