import { useRef } from "react";

interface Keyed {
  readonly id: string;
}

/** The key of the row at an index, as `useRowWindow` takes it: a new function where a key changed its index. */
export function useKeys(rows: readonly Keyed[]): (index: number) => string {
  const last = useRef<{ rows: readonly Keyed[]; keyAt: (index: number) => string }>(undefined);
  const held = last.current;
  if (held && hasSameOrder(held.rows, rows)) {
    held.rows = rows;
    return held.keyAt;
  }
  const next = { rows, keyAt: (index: number) => next.rows[index]?.id ?? "" };
  last.current = next;
  return next.keyAt;
}

function hasSameOrder(before: readonly Keyed[], after: readonly Keyed[]): boolean {
  if (before === after) return true;
  if (before.length !== after.length) return false;
  for (let index = 0; index < after.length; index++)
    if (after[index] !== before[index] && after[index]?.id !== before[index]?.id) return false;
  return true;
}
