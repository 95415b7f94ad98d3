import { afterEach, expect, test, vi } from "vitest";
import { fromLocalTime, toLocalTime } from "./local-time.ts";

afterEach(() => vi.unstubAllEnvs());

test.each(["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Apia"])(
  "a time of a field is the same instant again in %s",
  (zone) => {
    vi.stubEnv("TZ", zone);
    for (const text of ["2026-01-01T00:00", "2026-03-08T12:30", "2028-02-29T23:59"]) {
      const instant = fromLocalTime(text);
      expect(toLocalTime(Date.parse(instant ?? ""))).toBe(text);
    }
  },
);

test("what is no time, or of a year that is still being typed, is none", () => {
  expect(["", "junk", "0020-01-01T00:00", "2026-13-01T00:00"].map(fromLocalTime)).toEqual([
    null,
    null,
    null,
    null,
  ]);
});
