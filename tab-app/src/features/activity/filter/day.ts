/** The calendar day of an instant in this time zone, as a date field has it; "" for none. */
export function dayOf(instant: string | null): string {
  if (instant === null) return "";
  const time = new Date(instant);
  const parts = [time.getFullYear(), time.getMonth() + 1, time.getDate()];
  const [year, month, day] = parts.map((part, at) => String(part).padStart(at === 0 ? 4 : 2, "0"));
  return `${year}-${month}-${day}`;
}

/** The first instant of a day in this time zone; null for no day. */
export function startOfDay(day: string): string | null {
  return instantOf(day, 0);
}

/** The last instant of a day in this time zone; null for no day. */
export function endOfDay(day: string): string | null {
  return instantOf(day, 1);
}

function instantOf(day: string, daysLater: 0 | 1): string | null {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  if (year === undefined) return null;
  // By the calendar, since a day may have 23 or 25 hours.
  const next = new Date(Number(year), Number(month) - 1, Number(date) + daysLater);
  return new Date(next.getTime() - daysLater).toISOString();
}
