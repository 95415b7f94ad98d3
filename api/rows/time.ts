import * as z from "zod";
import type { Row } from "./document.ts";

/** RFC 3339, with any offset: `2026-11-20T10:00:00+01:00`. */
export const timeSchema = z.iso
  .datetime({ offset: true, error: "expected RFC 3339, such as 2026-11-20T09:00:00.000Z" })
  .refine((text) => toUtc(text) !== null, "expected a time of the years 0000 to 9999 in UTC");

/**
 * The time in the one notation that is served: UTC with milliseconds, in which the order of texts is the
 * order of times. `null` for what is no such time.
 */
export function toUtc(text: string): string | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)) return null;
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) return null;
  const utc = time.toISOString();
  // Outside these years, ISO 8601 puts a sign and two more digits in front.
  return /^\d{4}-/.test(utc) ? utc : null;
}

/** A row edited by hand may have its time in another notation; lists are sorted by it as text. */
export function servedTime({ at }: Row): unknown {
  return toUtc(String(at)) ?? at;
}
