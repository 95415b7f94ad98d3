import { expect, test } from "vitest";
import { formatAmount, parseAmount } from "./parse-amount.ts";

test.each([
  ["1250", 1250],
  [" $1,250.50 ", 1250.5],
  ["1.250,50", 1250.5],
  ["1\u202f250,5", 1250.5],
  ["1’250.5", 1250.5],
  ["1,234,567", 1_234_567],
  ["12,34,567.8", 1_234_567.8],
  ["1.234.567,8", 1_234_567.8],
  ["0,125", 0.125],
  ["1250.", 1250],
  [".5", 0.5],
  ["−5", -5],
  ["-0", 0],
])("%j is an amount everywhere: %d", (text, amount) => {
  for (const locale of ["en", "de", "fr"]) expect(parseAmount(text, locale)).toBe(amount);
});

test("what can be read in two ways is read as the locale has it", () => {
  expect(["en", "de"].map((locale) => parseAmount("1,250", locale))).toEqual([1250, 1.25]);
  expect(["en", "de"].map((locale) => parseAmount("1.250", locale))).toEqual([1.25, 1250]);
});

test.each(["", "abc", "12a", "1,2,3", "1.2.3", "1,25.0,5", ".", "12,345.678,9", "9".repeat(400)])(
  "%j is no amount",
  (text) => {
    expect(parseAmount(text, "en")).toBeNull();
  },
);

test("an amount is shown in a field so that it is read as the same", () => {
  for (const locale of ["en", "de", "fr", "ar-EG", "en-IN"])
    for (const amount of [0, 448, 1250.5, 123.456, 0.125, 1_234_567])
      expect(parseAmount(formatAmount(amount, locale), locale)).toBe(amount);
  expect(formatAmount(1250.5, "de")).toBe("1250,5");
});
