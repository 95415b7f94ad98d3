/** The day of a time where the user is, as `2026-11-27`. */
export function toDay(time: number): string {
  const date = new Date(time);
  const part = (number: number, length = 2) => String(number).padStart(length, "0");
  return `${part(date.getFullYear(), 4)}-${part(date.getMonth() + 1)}-${part(date.getDate())}`;
}
