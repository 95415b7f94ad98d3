import { expect, test } from "vitest";
import { formatCalendarDate, formatDay, formatRelative } from "./format-time.ts";

const now = new Date(2026, 10, 20, 14, 30).getTime();
const before = (minutes: number) => now - minutes * 60_000;

test.each([
  [before(0), "just now"],
  [before(0.9), "just now"],
  [before(-0.5), "just now"],
  [before(1), "1 min ago"],
  [before(59.9), "59 min ago"],
  [before(60), "1 h ago"],
  [before(60 * 23.9), "23 h ago"],
  [before(60 * 24), "2:30 PM"],
  [before(-60), "3:30 PM"],
])("how long ago: %d is %s", (at, text) => {
  expect(formatRelative(at, now)).toBe(text);
});

test.each([
  [new Date(2026, 10, 20, 0, 0), "Today"],
  [new Date(2026, 10, 19, 23, 59), "Yesterday"],
  [new Date(2026, 10, 18, 12), "Wed, Nov 18"],
  [new Date(2025, 11, 31, 12), "Dec 31, 2025"],
  [new Date(2026, 10, 21, 1), "Sat, Nov 21"],
])("which day: %s is %s", (date, text) => {
  expect(formatDay(date.getTime(), now)).toBe(text);
});

test("a date without a time is the same day in every time zone", () => {
  expect(formatCalendarDate("2024-03-01")).toBe("Mar 1, 2024");
});
