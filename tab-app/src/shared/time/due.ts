import { regionalEnglish } from "#contract/regional-english.ts";

/** Whole days from one day to another, by the calendar. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** "Today", "Tomorrow", "Overdue 3 days", the weekday within a week, and else the date as it is written where the reader is. */
export function formatDue(day: string, today: string): string {
  const days = daysBetween(today, day);
  if (days === 0) return "Today";
  if (days === 1) return "Tomorrow";
  if (days < 0) return `Overdue ${-days} ${days === -1 ? "day" : "days"}`;
  const isSameYear = day.slice(0, 4) === today.slice(0, 4);
  return new Intl.DateTimeFormat(regionalEnglish(), {
    timeZone: "UTC",
    ...(days < 7
      ? { weekday: "long" }
      : { month: "short", day: "numeric", ...(!isSameYear && { year: "numeric" }) }),
  }).format(new Date(`${day}T00:00:00Z`));
}
