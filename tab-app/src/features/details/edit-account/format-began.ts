import { formatDay, formatRelative } from "#shared/time/format-time.ts";

const day = 24 * 60 * 60_000;

/** "5 min ago", and from a day on "yesterday" or "on Mon, Nov 16". */
export function formatBegan(at: number, now: number): string {
  if (now - at < day) return formatRelative(at, now);
  const dayText = formatDay(at, now);
  return dayText === "Yesterday" ? "yesterday" : `on ${dayText}`;
}
