import type { Activity } from "#contract/rows.ts";
import { dayKey } from "#shared/time/format-time.ts";

type Rows = readonly Pick<Activity, "at">[];

/** Whether the row is the first of its day in the feed. */
export function opensDay(rows: Rows, index: number): boolean {
  return index === 0 || dayAt(rows, index) !== dayAt(rows, index - 1);
}

/** The index of the first row of the day of this one. The rows are newest first. */
export function dayOpenerOf(rows: Rows, index: number): number {
  const day = dayAt(rows, index);
  let [before, within] = [-1, index];
  while (within - before > 1) {
    const middle = (before + within) >> 1;
    if (dayAt(rows, middle) === day) within = middle;
    else before = middle;
  }
  return within;
}

function dayAt(rows: Rows, index: number): string {
  return dayKey(Date.parse(rows[index]?.at ?? ""));
}
