import { afterEach, expect, test, vi } from "vitest";
import { dayOf, endOfDay, startOfDay } from "./day.ts";

afterEach(() => vi.unstubAllEnvs());

test.each(["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Apia"])(
  "the first and the last instant of a day are of that day in %s",
  (zone) => {
    vi.stubEnv("TZ", zone);
    // Days on which clocks are set forward and back are among them.
    for (const day of ["2026-01-01", "2026-03-08", "2026-11-01", "2028-02-29"]) {
      expect(dayOf(startOfDay(day))).toBe(day);
      expect(dayOf(endOfDay(day))).toBe(day);
      expect(startOfDay(day) ?? "").toMatch(/:00\.000Z$/);
      expect(endOfDay(day) ?? "").toMatch(/:59\.999Z$/);
    }
  },
);

test("no day is no instant", () => {
  expect([startOfDay(""), endOfDay("junk"), dayOf(null)]).toEqual([null, null, ""]);
});
