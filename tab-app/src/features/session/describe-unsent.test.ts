import { expect, test } from "vitest";
import { describeUnsent } from "./describe-unsent.ts";

test.each([
  [{ writes: 2, drafts: 1 }, "2 unsent changes and 1 draft"],
  [{ writes: 1, drafts: 0 }, "1 unsent change"],
  [{ writes: 0, drafts: 3 }, "3 drafts"],
  [{ writes: 0, drafts: 0 }, ""],
])("%j is %j", (unsent, text) => {
  expect(describeUnsent(unsent)).toBe(text);
});
