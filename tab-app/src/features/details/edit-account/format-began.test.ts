import { expect, test } from "vitest";
import { formatBegan } from "./format-began.ts";

const now = new Date(2026, 10, 20, 14, 30).getTime();

test.each([
  [new Date(2026, 10, 20, 14, 25), "5 min ago"],
  [new Date(2026, 10, 19, 20, 0), "18 h ago"],
  [new Date(2026, 10, 19, 9, 0), "yesterday"],
  [new Date(2026, 10, 16, 9, 0), "on Mon, Nov 16"],
])("an edit begun at %s was begun %s", (at, text) => {
  expect(formatBegan(at.getTime(), now)).toBe(text);
});
