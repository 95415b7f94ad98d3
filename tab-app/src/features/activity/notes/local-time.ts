/** An instant as a field for date and time has it, in this time zone: `2026-01-31T09:30`. */
export function toLocalTime(at: number): string {
  const time = new Date(at);
  const parts = [time.getMonth() + 1, time.getDate(), time.getHours(), time.getMinutes()];
  const [month, day, hours, minutes] = parts.map((part) => String(part).padStart(2, "0"));
  return `${String(time.getFullYear()).padStart(4, "0")}-${month}-${day}T${hours}:${minutes}`;
}

/** The instant of a local time, RFC 3339 in UTC; null for what is none, or is of a year that is still being typed. */
export function fromLocalTime(text: string): string | null {
  if (!/^(19|[2-9]\d)\d\d-\d\d-\d\dT\d\d:\d\d$/.test(text)) return null;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
