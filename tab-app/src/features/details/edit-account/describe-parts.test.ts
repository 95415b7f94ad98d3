import { expect, test } from "vitest";
import { describeParts } from "./describe-parts.ts";

test("what belongs to an account is counted in words", () => {
  expect(describeParts(0, 0)).toBeNull();
  expect(describeParts(1, 0)).toBe("1 activity belongs");
  expect(describeParts(0, 2)).toBe("2 tasks belong");
  expect(describeParts(1200, 1)).toBe("1,200 activities and 1 task belong");
});
