/** A day as the API has it, `2026-01-31`, of an instant in this time zone. */
export function dayOfInstant(at: number): string {
  const time = new Date(at);
  const [month, date] = [time.getMonth() + 1, time.getDate()].map((part) =>
    String(part).padStart(2, "0"),
  );
  return `${String(time.getFullYear()).padStart(4, "0")}-${month}-${date}`;
}

/** Whole days from one day to another, by the calendar. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** "Today", "Tomorrow", "Overdue 3 days", the weekday within a week, and else the date as it is written here. */
export function formatDue(day: string, today: string): string {
  const days = daysBetween(today, day);
  if (days === 0) return "Today";
  if (days === 1) return "Tomorrow";
  if (days < 0) return `Overdue ${-days} ${days === -1 ? "day" : "days"}`;
  const isSameYear = day.slice(0, 4) === today.slice(0, 4);
  return new Intl.DateTimeFormat(undefined, {
    timeZone: "UTC",
    ...(days < 7
      ? { weekday: "long" }
      : { month: "short", day: "numeric", ...(!isSameYear && { year: "numeric" }) }),
  }).format(new Date(`${day}T00:00:00Z`));
}
