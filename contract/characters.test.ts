import { expect, test } from "vitest";
import { countCharacters, firstCharacters, hasAtMost } from "./characters.ts";
import { activitySchema, titleLimit } from "./rows.ts";

const family = "👨‍👩‍👧‍👦";

test.each([
  ["", 0],
  ["Zürich", 6],
  ["Zu\u0308rich", 6],
  [family, 1],
  ["🇸🇪🇩🇪", 2],
  ["한국", 2],
])("%s has %d characters", (text, count) => {
  expect(countCharacters(text)).toBe(count);
  expect(firstCharacters(text + family, count)).toBe(text);
  expect(hasAtMost(text, count)).toBe(true);
  expect(hasAtMost(`${text}x`, count)).toBe(false);
});

test("a title holds as many characters as a person counts, and no pile of accents", () => {
  const row = { id: "a", accountId: "b", kind: "note", at: "2026-01-01T00:00:00Z", version: 1 };
  const fits = (title: string) =>
    activitySchema.safeParse({ ...row, pinned: false, title }).success;
  expect(fits(family.repeat(titleLimit))).toBe(true);
  expect(fits("🇸🇪".repeat(titleLimit + 1))).toBe(false);
  expect(fits("x".repeat(titleLimit + 1))).toBe(false);
  expect(fits(`x${"\u0308".repeat(titleLimit * 16)}`)).toBe(false);
});
