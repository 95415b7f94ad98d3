import type { HistoryEntry } from "#contract/history.ts";
import { type AccountFields, accountFieldNames } from "#data/outbox/fields.ts";

/** As the fields of a form have it. */
export function textOf(value: unknown): string {
  return value === null || value === undefined ? "" : String(value);
}

/**
 * What gives the fields of an update the values that they had before it. Null where one of them was changed since: that
 * would go too.
 */
export function takeBack(
  { op, fields }: HistoryEntry,
  now: AccountFields,
): Partial<AccountFields> | null {
  const names = accountFieldNames.filter((name) => Object.hasOwn(fields, name));
  if (op !== "update" || names.length === 0) return null;
  if (names.some((name) => textOf(fields[name]?.after) !== now[name])) return null;
  return Object.fromEntries(names.map((name) => [name, textOf(fields[name]?.before)]));
}
