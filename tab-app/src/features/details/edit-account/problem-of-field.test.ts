import { expect, test } from "vitest";
import { problemOfField } from "./problem-of-field.ts";

test("a value that the server accepts has no problem", () => {
  expect(problemOfField("name", " Northgate ")).toBeUndefined();
  expect(problemOfField("name", "n".repeat(200))).toBeUndefined();
  expect(problemOfField("notes", "")).toBeUndefined();
  expect(problemOfField("notes", "n".repeat(10_000))).toBeUndefined();
  expect(problemOfField("ownerId", "")).toBeUndefined();
  expect(problemOfField("plan", "a person's own")).toBeUndefined();
});

test("a problem with the length names the limit", () => {
  expect(problemOfField("name", "  ")).toBe("Name cannot be empty.");
  expect(problemOfField("name", "n".repeat(201))).toBe("At most 200 characters; these are 201.");
  expect(problemOfField("notes", "n".repeat(10_012))).toBe(
    "At most 10,000 characters; these are 10,012.",
  );
});
