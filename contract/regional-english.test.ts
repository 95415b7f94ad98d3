import { expect, test } from "vitest";
import { regionalEnglish } from "./regional-english.ts";

const at = new Date(2026, 10, 17, 16, 37);

test.each([
  ["en-US", "4:37 PM", "Nov 17"],
  ["en-GB", "16:37", "17 Nov"],
  ["de", "16:37", "17 Nov"],
  ["de-DE", "16:37", "17 Nov"],
  ["fr-CA", "16:37", "Nov 17"],
  ["no language", "4:37 PM", "Nov 17"],
])("times and days are those of the region of %s: %s, %s", (language, clock, day) => {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(regionalEnglish(language), options).format(at).replace("\u202f", " ");
  expect(format({ timeStyle: "short" })).toBe(clock);
  expect(format({ month: "short", day: "numeric" })).toBe(day);
});
