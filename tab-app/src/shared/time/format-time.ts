import { regionalEnglish } from "#contract/regional-english.ts";

const locale = regionalEnglish();

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const exact = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" });
const long = new Intl.DateTimeFormat(locale, { dateStyle: "long" });
const clock = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
const thisYear = new Intl.DateTimeFormat(locale, {
  weekday: "short",
  month: "short",
  day: "numeric",
});
const otherYear = new Intl.DateTimeFormat(locale, {
  month: "short",
  day: "numeric",
  year: "numeric",
});
const monthAndDay = new Intl.DateTimeFormat(locale, { month: "short", day: "numeric" });
const monthAndYear = new Intl.DateTimeFormat(locale, { month: "short", year: "numeric" });
const calendarDate = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });

/** "just now", "5 min ago", "3 h ago", and from a day on the time of day, as the day is in the heading above. */
export function formatRelative(at: number, now: number): string {
  const ago = now - at;
  if (ago < -minute) return formatClock(at);
  if (ago < minute) return "just now";
  if (ago < hour) return `${Math.floor(ago / minute)} min ago`;
  if (ago < day) return `${Math.floor(ago / hour)} h ago`;
  return formatClock(at);
}

/** "Today", "Yesterday", "Mon, Nov 16", "Nov 16, 2024". */
export function formatDay(at: number, now: number): string {
  const then = new Date(at);
  const today = new Date(now);
  const days = Math.round((startOfDay(today) - startOfDay(then)) / day);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return (then.getFullYear() === today.getFullYear() ? thisYear : otherYear).format(then);
}

/** "Nov 16", "Nov 2024": where there is little space. */
export function formatShortDate(at: number, now: number): string {
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (isThisYear ? monthAndDay : monthAndYear).format(at);
}

/** A key that is the same for all times of a local day. */
export function dayKey(at: number): string {
  return new Date(at).toDateString();
}

export function formatExact(at: number): string {
  return exact.format(at);
}

export function formatLong(at: number): string {
  return long.format(at);
}

/** Formats a date without a time, "2024-03-01": the same day in every time zone. */
export function formatCalendarDate(date: string): string {
  return calendarDate.format(new Date(`${date}T00:00:00Z`));
}

export function formatClock(at: number): string {
  return clock.format(at).replace("\u202f", " ");
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
