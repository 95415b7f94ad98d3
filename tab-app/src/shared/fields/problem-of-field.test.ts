import { expect, test } from "vitest";
import { problemOfField } from "./problem-of-field.ts";

test("a value that the server accepts has no problem", () => {
  expect(problemOfField("name", " Northgate ")).toBeUndefined();
  expect(problemOfField("name", "n".repeat(200))).toBeUndefined();
  expect(problemOfField("notes", "")).toBeUndefined();
  expect(problemOfField("notes", "n".repeat(10_000))).toBeUndefined();
  expect(problemOfField("ownerId", "")).toBeUndefined();
  expect(problemOfField("plan", "a person's own")).toBeUndefined();
  for (const field of ["mrr", "renewalDate", "industry", "city", "since"] as const)
    expect(problemOfField(field, "")).toBeUndefined();
  expect(problemOfField("mrr", "1250.5")).toBeUndefined();
  expect(problemOfField("renewalDate", "2027-02-28")).toBeUndefined();
});

test("a problem with the length names the limit", () => {
  expect(problemOfField("name", "  ")).toBe("Name cannot be empty.");
  expect(problemOfField("name", "n".repeat(201))).toBe("At most 200 characters; these are 201.");
  expect(problemOfField("notes", "n".repeat(10_012))).toBe(
    "At most 10,000 characters; these are 10,012.",
  );
  expect(problemOfField("mrr", "12a")).toBe("Enter an amount, such as 1250 or 99.50.");
  expect(problemOfField("mrr", "-5")).toBe("MRR cannot be negative.");
  expect(problemOfField("city", "n".repeat(201))).toBe("At most 200 characters; these are 201.");
  expect(problemOfField("since", "2026-02-30")).toBe("Enter a day, such as 2026-01-31.");
  expect(problemOfField("renewalDate", "0027-02-28")).toBe("Enter the year with four digits.");
});
