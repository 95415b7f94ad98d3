import { expect, test } from "vitest";
import { dayOfInstant } from "#data/hooks/use-today.ts";
import { daysBetween, formatDue } from "./due.ts";

test.each([
  ["2026-11-24", "Overdue 3 days"],
  ["2026-11-26", "Overdue 1 day"],
  ["2026-11-27", "Today"],
  ["2026-11-28", "Tomorrow"],
  ["2026-12-01", "Tuesday"],
  ["2026-12-04", "Dec 4"],
  ["2027-01-04", "Jan 4, 2027"],
])("on November 27, %s is %s", (day, text) => {
  expect(formatDue(day, "2026-11-27")).toBe(text);
});

test("today is the day of this time zone, and changes at its midnight", () => {
  const before = new Date(2026, 10, 27, 23, 59, 59).getTime();
  expect([before, before + 1000].map(dayOfInstant)).toEqual(["2026-11-27", "2026-11-28"]);
});

test("days are counted by the calendar where clocks are set forward", () => {
  expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2);
});
