import { expect, it } from "vitest";
import { createMessageBudget } from "./message-budget.ts";

it("allows a hundred messages at once, and ten per second after that", () => {
  let now = 0;
  const budget = createMessageBudget({ now: () => now });
  const sent = () => {
    let count = 0;
    while (budget.spend()) count += 1;
    return count;
  };
  expect(sent()).toBe(100);
  now = 1000;
  // The one that was refused counts as well.
  expect(sent()).toBe(9);
  now = 3_600_000;
  expect(sent()).toBe(100);
});
